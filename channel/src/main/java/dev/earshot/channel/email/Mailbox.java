package dev.earshot.channel.email;

import java.util.concurrent.CompletableFuture;

/** Where mail is kept whole, for people to look at, while no mail server is configured. */
@FunctionalInterface
public interface Mailbox {

  /** Keeps the mail; done when it will survive a crash. */
  CompletableFuture<Void> keep(Mail mail);
}

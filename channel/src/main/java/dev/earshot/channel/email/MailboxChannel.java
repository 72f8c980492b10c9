package dev.earshot.channel.email;

import dev.earshot.channel.Channel;
import dev.earshot.channel.Message;
import dev.earshot.channel.Reasons;
import dev.earshot.channel.email.MailComposer.Composed.Ready;
import dev.earshot.channel.email.MailComposer.Composed.Unfit;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Mail for the time without a mail server: kept in the log instead of sent. */
public final class MailboxChannel implements Channel {

  private static final Duration KEEP_TIME = Duration.ofSeconds(10);

  /** A batch of the log takes them all in the time of one. */
  private static final int ATTEMPTS_MAX = 192;

  private final Mailbox mailbox;
  private final MailComposer composer;
  private final InstantSource clock;

  public MailboxChannel(Mailbox mailbox, MailComposer composer, InstantSource clock) {
    this.mailbox = mailbox;
    this.composer = composer;
    this.clock = clock;
  }

  @Override
  public Outcome send(Message message) {
    return switch (composer.compose(message, clock.instant())) {
      case Unfit(var outcome) -> outcome;
      case Ready(var mail) -> keep(mail);
    };
  }

  @Override
  public int attemptsMax() {
    return ATTEMPTS_MAX;
  }

  private Outcome keep(Mail mail) {
    try {
      mailbox.keep(mail).get(KEEP_TIME.toMillis(), TimeUnit.MILLISECONDS);
      return new Accepted("kept in the mailbox as " + mail.id());
    } catch (ExecutionException e) {
      return Reasons.deferred("mailbox", String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return Reasons.timeout("the mailbox took more than " + KEEP_TIME.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reasons.deferred("stopped", "the sender is closing");
    }
  }
}

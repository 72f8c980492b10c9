package dev.earshot.channel.email;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.event.JsonWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mail to exactly one person, as it goes out.
 *
 * @param id the Message-ID without its brackets: the same for every attempt of a delivery
 * @param headers further ones, such as List-Unsubscribe
 * @param at when it was composed
 */
public record Mail(
    String id,
    Delivery delivery,
    MailAddress from,
    Optional<MailAddress> replyTo,
    MailAddress to,
    String subject,
    Optional<String> text,
    Optional<String> html,
    Map<String, String> headers,
    Instant at) {

  public Mail {
    headers = Map.copyOf(headers);
  }

  /** The document under which the mailbox keeps it. */
  public byte[] json() {
    var writer =
        new JsonWriter(1024)
            .open()
            .member("kind", "mail")
            .member("id", id)
            .member("deliveryId", delivery.id())
            .member("workspace", delivery.subject().workspace())
            .member("user", delivery.subject().id())
            .member("journey", delivery.journey())
            .member("journeyVersion", delivery.journeyVersion())
            .member("step", delivery.step())
            .member("template", delivery.template())
            .member("at", at)
            .member("from", from.toString())
            .member("to", to.address())
            .member("subject", subject);
    replyTo.ifPresent(address -> writer.member("replyTo", address.toString()));
    text.ifPresent(it -> writer.member("text", it));
    html.ifPresent(it -> writer.member("html", it));
    writer.name("headers").open();
    new TreeMap<>(headers).forEach(writer::member);
    return writer.close().close().bytes();
  }
}

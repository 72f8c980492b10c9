package dev.earshot.channel.email;

import dev.earshot.channel.Message;
import dev.earshot.channel.Reasons;
import dev.earshot.channel.email.MailComposer.Composed.Ready;
import dev.earshot.channel.email.MailComposer.Composed.Unfit;
import dev.earshot.channel.secret.UnsubscribeTokens;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Value.Text;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a mail of a message. Nothing a template or a user says can add a recipient or a header. */
public final class MailComposer {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,120}");
  private static final int SUBJECT_LENGTH_MAX = 250;

  private final MailAddress from;
  private final Optional<UnsubscribeLinks> links;

  private MailComposer(MailAddress from, Optional<UnsubscribeLinks> links) {
    this.from = from;
    this.links = links;
  }

  /**
   * @param from the sender of every mail whose template names none
   */
  public static MailComposer of(MailAddress from) {
    return new MailComposer(from, Optional.empty());
  }

  /** The same, with links by which people unsubscribe under the given public address. */
  public MailComposer withUnsubscribe(URI publicUrl, UnsubscribeTokens tokens) {
    return new MailComposer(from, Optional.of(new UnsubscribeLinks(publicUrl, tokens)));
  }

  /** A mail, or why there can be none. */
  sealed interface Composed {

    record Ready(Mail mail) implements Composed {}

    record Unfit(Refused outcome) implements Composed {}
  }

  Composed compose(Message message, Instant now) {
    var to = recipient(message);
    if (to.isEmpty()) {
      return unfit("email_missing", "the user has no trait email, and the template no to");
    }
    var recipient = MailAddress.parse(to.get());
    if (recipient.isEmpty()) {
      return unfit("email_malformed", "not one mail address: " + to.get());
    }
    var sender = message.content().part("from").map(MailAddress::parse).orElse(Optional.of(from));
    if (sender.isEmpty()) {
      return unfit("from_malformed", "the template's from is not one mail address");
    }
    return composed(message, sender.get(), recipient.get(), now);
  }

  private Composed composed(Message message, MailAddress sender, MailAddress to, Instant now) {
    var content = message.content();
    var subject = content.part("subject").map(MailComposer::oneLine);
    var text = content.part("text");
    var html = content.part("html");
    if (subject.isEmpty() || (text.isEmpty() && html.isEmpty())) {
      return unfit("mail_empty", "the mail has no subject or no text");
    }
    var delivery = message.delivery();
    return new Ready(
        new Mail(
            id(delivery.id()) + '@' + from.domain(),
            delivery,
            sender,
            content.part("reply-to").flatMap(MailAddress::parse),
            to,
            subject.get(),
            text,
            html,
            links.map(it -> it.headers(delivery.subject())).orElse(Map.of()),
            now));
  }

  private static Optional<String> recipient(Message message) {
    var named = message.content().part("to");
    if (named.isPresent()) {
      return named;
    }
    return message.delivery().data().at("user.email") instanceof Text(var email) && !email.isBlank()
        ? Optional.of(email)
        : Optional.empty();
  }

  private static String oneLine(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.length() <= SUBJECT_LENGTH_MAX ? line : line.substring(0, SUBJECT_LENGTH_MAX);
  }

  /** A delivery's id may hold what a Message-ID may not. */
  private static String id(String deliveryId) {
    return ID.matcher(deliveryId).matches()
        ? deliveryId
        : "x"
            + HexFormat.of()
                .formatHex(deliveryId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Unfit unfit(String code, String detail) {
    return new Unfit(new Refused(Reasons.text(code, detail)));
  }
}

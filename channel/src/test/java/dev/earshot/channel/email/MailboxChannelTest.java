package dev.earshot.channel.email;

import static dev.earshot.channel.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.channel.Channel;
import dev.earshot.channel.ChannelConformance;
import dev.earshot.channel.Message;
import dev.earshot.channel.Samples;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.channel.secret.UnsubscribeTokens;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MailboxChannelTest extends ChannelConformance {

  private static final MailAddress TEAM =
      MailAddress.parse("Team <team@acme.example>").orElseThrow();

  private final List<Mail> kept = new CopyOnWriteArrayList<>();
  private final Mailbox mailbox = mail -> CompletableFuture.runAsync(() -> kept.add(mail));

  @Override
  protected Channel channel() {
    return new MailboxChannel(mailbox, MailComposer.of(TEAM), () -> NOON);
  }

  @Override
  protected Channel broken() {
    Mailbox down = _ -> CompletableFuture.failedFuture(new IllegalStateException("no log"));
    return new MailboxChannel(down, MailComposer.of(TEAM), () -> NOON);
  }

  @Override
  protected Channel silent() {
    return new MailboxChannel(_ -> new CompletableFuture<>(), MailComposer.of(TEAM), () -> NOON);
  }

  @Override
  protected Message good(String deliveryId) {
    return Samples.mail(deliveryId, Map.of("subject", "Hi", "text", "Hello", "html", "<p>Hello"));
  }

  @Override
  protected Message impossible(String deliveryId) {
    return Samples.mail(deliveryId, Map.of("subject", "Hi", "text", "Hello", "to", "a@b.c, d@e.f"));
  }

  @Override
  protected List<String> keysReceived() {
    return kept.stream().map(Mail::id).toList();
  }

  @Test
  void theMailIsKeptWhole() {
    channel().send(good("d1"));

    var mail =
        Samples.fields(new String(kept.getFirst().json(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(
        Samples.fields(
            """
            {"kind": "mail", "id": "d1@acme.example", "deliveryId": "d1", "workspace": "acme",
             "user": "ada", "journey": "welcome", "journeyVersion": 1, "step": "0",
             "template": "hello", "at": "2026-01-01T12:00:00.000Z",
             "from": "Team <team@acme.example>", "to": "ada@example.com", "subject": "Hi",
             "text": "Hello", "html": "<p>Hello", "headers": {}}
            """),
        mail);
  }

  @Test
  void theUnsubscribeLinkNamesNobodyAndIsUnderstoodHere() {
    var tokens = new UnsubscribeTokens(new SecretBox(new byte[32]));
    var composer =
        MailComposer.of(TEAM).withUnsubscribe(URI.create("https://mail.acme.example/"), tokens);

    new MailboxChannel(mailbox, composer, () -> NOON).send(good("d1"));

    var headers = kept.getFirst().headers();
    var link = headers.get("List-Unsubscribe");
    assertTrue(
        String.valueOf(link).matches("<https://mail\\.acme\\.example/u/[A-Za-z0-9_-]+>"), link);
    assertEquals("List-Unsubscribe=One-Click", headers.get("List-Unsubscribe-Post"));
    assertTrue(!String.valueOf(link).contains("ada"), link);
    var token = String.valueOf(link).replaceAll(".*/u/|>", "");
    assertEquals(Optional.of(Subject.user("acme", "ada")), tokens.subject(token));
  }

  @Test
  void theUserWithoutAnAddressGetsNoMail() {
    var message =
        new Message(
            new dev.earshot.engine.delivery.Attempt(
                Samples.email("d1", Samples.fields("{\"user\": {\"id\": \"ada\"}}")), 1),
            good("d1").content(),
            null);

    assertEquals(
        new dev.earshot.engine.delivery.Outcome.Refused(
            "email_missing: the user has no trait email, and the template no to"),
        channel().send(message));
    assertEquals(Value.of("ada@example.com"), Samples.ADA.at("user.email"));
  }
}

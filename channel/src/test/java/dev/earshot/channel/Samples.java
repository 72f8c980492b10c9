package dev.earshot.channel;

import dev.earshot.channel.template.Content;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries and definitions for tests. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  public static final Fields ADA =
      fields("{\"user\": {\"id\": \"ada\", \"name\": \"Ada\", \"email\": \"ada@example.com\"}}");

  private Samples() {}

  public static Fields fields(String json) {
    return Json.parseFields(json.getBytes(StandardCharsets.UTF_8));
  }

  public static Delivery delivery(
      String id, String channel, String destination, @Nullable String template, Fields data) {
    return new Delivery(
        id,
        Subject.user("acme", "ada"),
        channel,
        destination,
        template,
        1,
        "welcome",
        1,
        "r1",
        "0",
        data,
        NOON,
        NOON.plus(Duration.ofDays(3)));
  }

  public static Delivery email(String id, Fields data) {
    return delivery(id, "email", "email", "hello", data);
  }

  public static Delivery webhook(String id) {
    return delivery(id, "webhook", "crm", null, ADA);
  }

  public static Message mail(String id, Map<String, String> parts) {
    return new Message(new Attempt(email(id, ADA), 1), new Content(parts), null);
  }

  public static Definition definition(DefinitionKind kind, String id, int version, Fields body) {
    return new Definition("acme", kind, id, version, body, false, NOON, "test");
  }
}

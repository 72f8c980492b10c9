package dev.earshot.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.earshot.channel.Message;
import dev.earshot.channel.Reasons;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;

/** The document that goes out and is signed, or why there is none. */
sealed interface WebhookBody {

  /** The type of every webhook that has no template of its own. */
  String TYPE = "journey.message";

  record Fit(String json) implements WebhookBody {}

  record Unfit(String reason) implements WebhookBody {}

  static WebhookBody of(Message message) {
    var templated = message.content().part("body");
    if (templated.isEmpty()) {
      return message.delivery().template() == null
          ? new Fit(standard(message))
          : new Unfit(Reasons.text("template_empty", "the template gave no body"));
    }
    try {
      var _ = Json.parse(templated.get());
      return new Fit(templated.get());
    } catch (Json.Malformed e) {
      return new Unfit(Reasons.text("template_not_json", String.valueOf(e.getMessage())));
    }
  }

  private static String standard(Message message) {
    var delivery = message.delivery();
    var json =
        new JsonWriter(1024)
            .open()
            .member("type", TYPE)
            .member("timestamp", delivery.decidedAt())
            .name("data")
            .value(delivery.data())
            .close()
            .bytes();
    return new String(json, UTF_8);
  }
}

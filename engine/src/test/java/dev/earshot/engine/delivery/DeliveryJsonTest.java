package dev.earshot.engine.delivery;

import static dev.earshot.engine.delivery.Deliveries.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInput.Requested;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryJsonTest {

  @Test
  void anAttemptIsReadAsItWasWritten() {
    var visitor = Subject.anonymous("acme", "v|1");
    var delivery = Deliveries.webhook(Duration.ofDays(1), visitor, "tips");

    for (var attempt : List.of(new Attempt(delivery, 7, NOON), new Attempt(delivery, 1))) {
      assertEquals(attempt, AttemptJson.read(AttemptJson.write(attempt)));
    }
  }

  @Test
  void whatADeliveryHearsIsReadAsItWasWritten() {
    var inputs =
        List.of(
            new Requested(Deliveries.webhook(Duration.ofDays(1)), NOON),
            new Reported("dlv_1", 1, new Accepted("200 \"OK\"")),
            new Reported("dlv_1", 2, new Deferred("503", Optional.empty())),
            new Reported("dlv_1", 3, new Deferred("429", Optional.of(Duration.ofSeconds(7)))),
            new Reported("dlv_1", 4, new Refused("404")),
            new Reported("dlv_1", 5, new Postponed("resting", Duration.ofMillis(250))),
            new Redriven("dlv_1", "ops"),
            new Discarded("dlv_1", "ops"));

    for (var input : inputs) {
      assertEquals(input, DeliveryInputJson.read(DeliveryInputJson.write(input)));
    }
  }

  @Test
  void anOutcomeSaysWhatItIs() {
    var deferred = new Deferred("429", Optional.of(Duration.ofSeconds(7)));

    assertEquals(
        """
        {"kind":"outcome","deliveryId":"dlv_1","attempt":3,"result":"deferred","reason":"429",\
        "retryAfterMillis":7000}\
        """,
        text(DeliveryInputJson.write(new Reported("dlv_1", 3, deferred))));
  }

  @Test
  void whatIsNoInputIsRefusedWithTheReason() {
    assertRefused("a text is expected under deliveryId", "{\"kind\":\"outcome\"}");
    assertRefused("no kind of delivery input: hint", "{\"kind\":\"hint\",\"deliveryId\":\"d\"}");
    assertRefused(
        "no result: lost",
        "{\"kind\":\"outcome\",\"deliveryId\":\"d\",\"attempt\":1,\"result\":\"lost\"}");
    assertRefused("an object is expected", "[]");
    assertRefused(
        "nobody to deliver to: acme|g:initech",
        new String(
                DeliveryInputJson.write(
                    new Requested(Deliveries.webhook(Duration.ofDays(1)), NOON)),
                StandardCharsets.UTF_8)
            .replace("acme|u:ada", "acme|g:initech"));
  }

  private static void assertRefused(String reason, String json) {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    var malformed = assertThrows(Json.Malformed.class, () -> DeliveryInputJson.read(bytes));
    assertEquals(reason, malformed.getMessage());
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}

package dev.earshot.engine.delivery;

import static dev.earshot.engine.delivery.Deliveries.NOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Unknown;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The golden files are states as former builds stored them: they must stay readable, so a change of
 * the form is a new version beside the old files.
 */
class DeliveryStateCodecTest {

  private static final Delivery DELIVERY =
      Deliveries.webhook(Duration.ofDays(1), Subject.user("acme", "ada"), "tips");

  private static final Progress PROGRESS =
      new Progress(
          DELIVERY,
          1,
          5,
          2,
          List.of(
              new PastAttempt(3, NOON, NOON.plusSeconds(2), true, "deferred: 503 \"busy\" ü"),
              new PastAttempt(4, NOON.plusSeconds(4), NOON.plusSeconds(5), false, "postponed")));

  private static final Map<String, DeliveryState> GOLDEN =
      Map.of(
          "unknown", new Unknown(),
          "in-flight", new InFlight(PROGRESS, NOON.plusSeconds(9)),
          "waiting", new Waiting(PROGRESS, "503", NOON.plusSeconds(60)),
          "dead", new Dead(PROGRESS, "404", NOON.plusSeconds(61)));

  @Test
  void aStateIsStoredAsItEverWas() {
    GOLDEN.forEach(
        (name, state) -> assertArrayEquals(golden(name), DeliveryStateCodec.write(state), name));
  }

  @Test
  void aStateThatWasEverStoredCanBeRead() {
    GOLDEN.forEach(
        (name, state) -> assertEquals(state, DeliveryStateCodec.read(golden(name)), name));
  }

  @Test
  void anotherFormIsRefusedInsteadOfGuessedAt() {
    assertThrows(Json.Malformed.class, () -> DeliveryStateCodec.read(new byte[] {2, '{', '}'}));
    assertThrows(Json.Malformed.class, () -> DeliveryStateCodec.read(new byte[0]));
    assertThrows(Json.Malformed.class, () -> DeliveryStateCodec.read(new byte[] {1, '{', '}'}));
  }

  @Test
  void anExportSaysWhereADeliveryStandsAndWhatItWentThrough() {
    var export = DeliveryStateCodec.export(new Waiting(PROGRESS, "503", NOON.plusSeconds(60)));

    assertEquals(Value.of("waiting"), export.at("state"));
    assertEquals(Value.of("503"), export.at("reason"));
    assertEquals(Value.of("2026-11-20T12:01:00.000Z"), export.at("nextAttemptAt"));
    assertEquals(Value.of("case-study"), export.at("delivery.journey"));
    assertEquals(2, ((Value.Items) export.at("attempts")).items().size());
  }

  private static byte[] golden(String name) {
    var path = "delivery-state-1/" + name + ".bin";
    try (var file = DeliveryStateCodecTest.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(file, path).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

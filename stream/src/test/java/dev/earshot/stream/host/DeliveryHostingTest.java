package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.Effect.SetTimer;
import dev.earshot.engine.Input;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInput.Requested;
import dev.earshot.engine.delivery.DeliveryOutput;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryHostingTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Definition PATIENT = destination(1, "30m");
  private static final Definition HASTY = destination(2, "1s");

  @Test
  void theNewestVersionOfADestinationSaysWhenItIsTriedAgain() {
    assertTrue(pause(PATIENT).compareTo(Duration.ofMinutes(15)) >= 0);
    assertTrue(pause(PATIENT, HASTY).compareTo(Duration.ofSeconds(1)) <= 0);
  }

  /** How long after a first failure the delivery is tried again. */
  private static Duration pause(Definition... active) {
    var machine = new DeliveryHosting().machine(List.of(active));
    var failed = new Reported("d", 1, new Outcome.Deferred("busy", Optional.empty()));
    var owed =
        machine.step(machine.initial(), new Input.Arrived<>(new Requested(delivery(), NOON), NOON));
    var effects = machine.step(owed.state(), new Input.Arrived<>(failed, NOON)).effects();
    for (var effect : effects) {
      if (effect instanceof SetTimer<DeliveryOutput>(_, var dueAt)) {
        return Duration.between(NOON, dueAt);
      }
    }
    throw new AssertionError("it is not tried again: " + effects);
  }

  private static Delivery delivery() {
    return new Delivery(
        "d",
        Subject.user("w", "ada"),
        "webhook",
        "crm",
        null,
        1,
        "welcome",
        1,
        "run",
        "step",
        Fields.EMPTY,
        NOON,
        NOON.plusSeconds(3600));
  }

  private static Definition destination(int version, String first) {
    var retry = Map.of("first", Value.of(first), "ceiling", Value.of("30m"));
    return new Definition(
        "w",
        DefinitionKind.DESTINATION,
        "crm",
        version,
        new Fields(Map.of("retry", new Fields(retry))),
        false,
        NOON,
        "someone");
  }
}

package dev.earshot.channel;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** What is counted of the attempts, by workspace, channel and destination. */
final class SenderMeters {

  private final MeterRegistry registry;

  SenderMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void ended(Delivery delivery, Outcome outcome) {
    registry
        .counter("earshot.delivery.outcomes", tags(delivery).and("outcome", word(outcome)))
        .increment();
  }

  Outcome timed(Delivery delivery, Supplier<Outcome> attempt) {
    var outcome = registry.timer("earshot.delivery.attempts", tags(delivery)).record(attempt);
    return java.util.Objects.requireNonNull(outcome);
  }

  void watch(Delivery delivery, Lane lane) {
    registry.gauge("earshot.delivery.in.flight", tags(delivery), lane, Lane::inFlight);
    registry.gauge("earshot.delivery.breaker", tags(delivery), lane, it -> it.breakerState().level);
  }

  private static Tags tags(Delivery delivery) {
    return Tags.of(
        "workspace",
        delivery.subject().workspace(),
        "channel",
        delivery.channel(),
        "destination",
        delivery.destination());
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Accepted _ -> "accepted";
      case Deferred _ -> "deferred";
      case Refused _ -> "refused";
      case Postponed _ -> "postponed";
    };
  }
}

package dev.earshot.engine.delivery;

import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Whole;
import java.time.Duration;
import java.util.Optional;

/** The members by which an {@link Outcome} stands in a document. */
final class OutcomeJson {

  private OutcomeJson() {}

  static void write(Outcome outcome, JsonWriter writer) {
    switch (outcome) {
      case Accepted(var detail) -> writer.member("result", "accepted").member("detail", detail);
      case Deferred(var reason, var retryAfter) -> {
        writer.member("result", "deferred").member("reason", reason);
        retryAfter.ifPresent(wait -> writer.member("retryAfterMillis", wait.toMillis()));
      }
      case Refused(var reason) -> writer.member("result", "refused").member("reason", reason);
      case Postponed(var reason, var delay) ->
          writer
              .member("result", "postponed")
              .member("reason", reason)
              .member("delayMillis", delay.toMillis());
    }
  }

  static Outcome read(Fields fields) {
    var result = Members.text(fields, "result");
    return switch (result) {
      case "accepted" -> new Accepted(Members.text(fields, "detail"));
      case "deferred" -> new Deferred(Members.text(fields, "reason"), retryAfter(fields));
      case "refused" -> new Refused(Members.text(fields, "reason"));
      case "postponed" ->
          new Postponed(Members.text(fields, "reason"), Members.millis(fields, "delayMillis"));
      default -> throw new Json.Malformed("no result: " + result);
    };
  }

  private static Optional<Duration> retryAfter(Fields fields) {
    return fields.get("retryAfterMillis") instanceof Whole(var millis)
        ? Optional.of(Duration.ofMillis(millis))
        : Optional.empty();
  }
}

package dev.earshot.engine.delivery;

import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries for the tests of this package. */
final class Deliveries {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static final Fields DATA =
      Json.parseFields(
          """
          {"user": {"id": "ada", "name": "Ada \\"L\\" ü", "visits": 3, "score": 0.5, "trial": true}}
          """
              .getBytes(StandardCharsets.UTF_8));

  private Deliveries() {}

  static Delivery webhook(Duration life) {
    return webhook(life, Subject.user("acme", "ada"), null);
  }

  static Delivery webhook(Duration life, Subject subject, @Nullable String template) {
    return new Delivery(
        "dlv_1",
        subject,
        "webhook",
        "crm",
        template,
        template == null ? 0 : 3,
        "case-study",
        2,
        "run-1",
        "0",
        DATA,
        NOON,
        NOON.plus(life));
  }

  /** Policies with one for the destination of {@link #webhook}. */
  static RetryPolicies policies(RetryPolicy policy) {
    var retry =
        Map.of(
            "first", Value.of(policy.first().toMillis() + "ms"),
            "ceiling", Value.of(policy.ceiling().toMillis() + "ms"),
            "attempts", Value.of(policy.attemptsMax()));
    return RetryPolicies.DEFAULTS.with(
        "acme", "crm", new Fields(Map.of("retry", new Fields(retry))));
  }
}

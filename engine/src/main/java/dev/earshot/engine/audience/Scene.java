package dev.earshot.engine.audience;

import dev.earshot.event.Properties;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a condition may look at: one user at one moment.
 *
 * @param event the properties of the event that made the journey ask
 */
public record Scene(Profile profile, Activity activity, Properties event, Instant at) {

  Value accountTrait(String path) {
    return profile.account().map(account -> account.traits().at(path)).orElse(Nothing.NOTHING);
  }

  /** How often the events of a metric happened, within the window or ever. */
  long count(MetricKey key, Optional<Duration> window) {
    var metric = key.of(activity);
    return window.isEmpty() ? metric.count() : metric.countAfter(startMillis(window.get()));
  }

  /** The last moment that is not within the window any more. */
  long startMillis(Duration window) {
    return at.toEpochMilli() - window.toMillis();
  }

  /** When the user last did it, {@link Long#MIN_VALUE} for never. */
  long lastMillis(Optional<String> event) {
    if (event.isEmpty()) {
      return activity.lastSeenAt().toEpochMilli();
    }
    var metric = activity.events().get(event.get());
    return metric.count() == 0 ? Long.MIN_VALUE : metric.lastMillis();
  }
}

package dev.earshot.engine.audience;

import java.time.Instant;

/**
 * What a user did, as far as rules ask for it.
 *
 * @param events a metric for every event, by its name
 * @param counts a metric for each filtered or large count that a rule asks for, by {@link
 *     MetricKey#id()}
 * @param lastSeenAt when the user last did something, live or in imported history
 */
public record Activity(Metrics events, Metrics counts, Instant firstSeenAt, Instant lastSeenAt) {

  public static Activity startingAt(Instant at) {
    return new Activity(Metrics.EMPTY, Metrics.EMPTY, at, at);
  }

  public Activity seenAt(Instant at) {
    return new Activity(
        events,
        counts,
        at.isBefore(firstSeenAt) ? at : firstSeenAt,
        at.isAfter(lastSeenAt) ? at : lastSeenAt);
  }

  public Activity with(Metrics newEvents, Metrics newCounts) {
    return new Activity(newEvents, newCounts, firstSeenAt, lastSeenAt);
  }
}

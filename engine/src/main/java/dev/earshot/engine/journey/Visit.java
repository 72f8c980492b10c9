package dev.earshot.engine.journey;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a user's runs through one journey after they ended: for re-entry, for the
 * goal, and against loops.
 *
 * @param run the last run, and {@code version} the version it walked
 * @param count how often the user entered
 * @param goalReached whether the last run's goal was reached
 * @param hourStartedAt the hour in which {@code hourSteps} steps were taken
 */
public record Visit(
    String journey,
    String run,
    int version,
    Instant enteredAt,
    long count,
    boolean goalReached,
    Instant hourStartedAt,
    int hourSteps) {

  /** More steps of one journey within an hour than a person can follow are a loop. */
  static final int HOUR_STEPS_MAX = 50;

  private static final Duration HOUR = Duration.ofHours(1);

  /** The visit that begins with a run that just started. */
  static Visit of(Run run, @Nullable Visit before) {
    return new Visit(
        run.journey(),
        run.id(),
        run.version(),
        run.enteredAt(),
        before == null ? 1 : before.count + 1,
        false,
        before == null ? run.enteredAt() : before.hourStartedAt,
        before == null ? 0 : before.hourSteps);
  }

  boolean loopsAt(Instant at) {
    return hourSteps >= HOUR_STEPS_MAX && withinHour(at);
  }

  Visit steppedAt(Instant at) {
    return withinHour(at) ? withHour(hourStartedAt, hourSteps + 1) : withHour(at, 1);
  }

  Visit reachingGoal() {
    return new Visit(journey, run, version, enteredAt, count, true, hourStartedAt, hourSteps);
  }

  /** What is remembered of two users' visits, who turned out to be one: the later, and the sum. */
  Visit and(Visit other) {
    var later = other.enteredAt.isAfter(enteredAt) ? other : this;
    return new Visit(
        journey,
        later.run,
        later.version,
        later.enteredAt,
        count + other.count,
        later.goalReached,
        later.hourStartedAt,
        later.hourSteps);
  }

  // A clock that was set back does not let an hour pass.
  private boolean withinHour(Instant at) {
    return at.isBefore(hourStartedAt.plus(HOUR));
  }

  private Visit withHour(Instant startedAt, int steps) {
    return new Visit(journey, run, version, enteredAt, count, goalReached, startedAt, steps);
  }
}

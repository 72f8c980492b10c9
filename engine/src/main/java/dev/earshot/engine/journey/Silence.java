package dev.earshot.engine.journey;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a user's silence has been watched. One timer serves all journeys that wait for absence:
 * it fires at the shortest period, then at the next longer one, for as long as the user is silent.
 *
 * @param dueAt when the timer fires, {@link Instant#MAX} when it does not run
 * @param since the last activity that {@code covered} counts from
 * @param covered the longest period of silence that journeys were told of
 */
public record Silence(Instant dueAt, Instant since, Duration covered) {

  public static final String TIMER = "silence";

  /** Nobody is being watched. */
  public static final Silence UNWATCHED = new Silence(Instant.MAX, Instant.EPOCH, Duration.ZERO);

  public boolean watched() {
    return !dueAt.equals(Instant.MAX);
  }
}

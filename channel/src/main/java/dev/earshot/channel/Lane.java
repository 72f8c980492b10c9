package dev.earshot.channel;

import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one destination may take of the sender: a few places, and a queue that is as long as the
 * destination works off within {@link #WAIT_MAX}: long for a fast one, none for one that hangs.
 */
final class Lane {

  static final int PLACES = 8;
  static final int WAITING_MAX = 1024;
  static final Duration WAIT_MAX = Duration.ofSeconds(1);
  private static final Duration DELAY_MIN = Duration.ofSeconds(1);
  private static final Duration DELAY_MAX = Duration.ofMinutes(1);

  /** How much the newest attempt's duration weighs in the mean: one part of so many. */
  private static final int MEMORY = 8;

  private final InstantSource clock;
  private final Semaphore places = new Semaphore(PLACES, true);
  private final AtomicInteger waiting = new AtomicInteger();
  private final Breaker breaker = new Breaker();
  private Duration meanDuration = Duration.ofMillis(100);
  private Instant promised = Instant.MIN;
  private Instant lastMove;

  Lane(InstantSource clock) {
    this.clock = clock;
    lastMove = clock.instant();
  }

  int inFlight() {
    return PLACES - places.availablePermits();
  }

  synchronized Breaker.State breakerState() {
    return breaker.state();
  }

  /** Takes a place, waiting a little for one; or says when to come back. */
  Optional<Postponed> enter() throws InterruptedException {
    var resting = resting();
    if (resting.isPresent()) {
      return resting;
    }
    if (!place()) {
      return Optional.of(busy());
    }
    var pause = admit();
    pause.ifPresent(_ -> places.release());
    return pause;
  }

  /** Gives the place back after an attempt. */
  void leave(Outcome outcome, Duration duration) {
    synchronized (this) {
      moved();
      meanDuration = meanDuration.multipliedBy(MEMORY - 1).plus(duration).dividedBy(MEMORY);
      answered(outcome);
    }
    places.release();
  }

  private void answered(Outcome outcome) {
    switch (outcome) {
      // A destination that refuses one message well is well.
      case Accepted _, Refused _ -> breaker.answered(Breaker.Answer.GOOD, clock.instant());
      case Deferred deferred when Reasons.isTimeout(deferred) ->
          breaker.answered(Breaker.Answer.NONE_IN_TIME, clock.instant());
      case Deferred _ -> breaker.answered(Breaker.Answer.BAD, clock.instant());
      case Postponed _ -> breaker.withdrawn();
    }
  }

  private boolean place() throws InterruptedException {
    if (taken(Duration.ZERO)) {
      return true;
    }
    try {
      return worthWaiting(waiting.incrementAndGet()) && taken(WAIT_MAX);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Even who does not wait comes after those who do. */
  private boolean taken(Duration wait) throws InterruptedException {
    boolean taken = places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (taken) {
      moved();
    }
    return taken;
  }

  private synchronized void moved() {
    lastMove = clock.instant();
  }

  /**
   * Whether the last of so many is likely to get a place in time, at the pace the destination has
   * shown, or at the one that its silence since then tells of.
   */
  private synchronized boolean worthWaiting(int queue) {
    var pace = longer(pace(), Duration.between(lastMove, clock.instant()));
    return queue <= WAITING_MAX && pace.multipliedBy(queue).compareTo(WAIT_MAX) <= 0;
  }

  private Duration pace() {
    return meanDuration.dividedBy(PLACES);
  }

  private synchronized Optional<Postponed> resting() {
    return rest(breaker.pause(clock.instant()));
  }

  private synchronized Optional<Postponed> admit() {
    return rest(breaker.admit(clock.instant()));
  }

  private static Optional<Postponed> rest(Optional<Duration> pause) {
    return pause.map(
        it -> new Postponed("resting: the destination failed too often", longer(it, DELAY_MIN)));
  }

  /**
   * Promises each one that finds no room a time of its own, at the pace the destination has shown,
   * so that they do not all come back at once.
   */
  private synchronized Postponed busy() {
    var now = clock.instant();
    var from = promised.isBefore(now) ? now : promised;
    promised = from.plus(pace());
    var delay = longer(Duration.between(now, promised), DELAY_MIN);
    return new Postponed("busy: " + PLACES + " attempts are under way", shorter(delay, DELAY_MAX));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

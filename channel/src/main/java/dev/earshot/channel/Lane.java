package dev.earshot.channel;

import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * What one destination may take of the sender: a few places, more while it is quick, and a queue
 * that is as long as the destination works off within {@link #MOMENT}: long for a quick one, none
 * for one that hangs. One that answers may have a longer one, in the room that all destinations
 * share. One that was quick and hangs loses all but a few places again.
 */
final class Lane {

  /** What every destination has. One that hangs holds no more. */
  static final int PLACES = 8;

  /** What one has that answers within {@link #QUICK} on the average, and was not silent since. */
  static final int PLACES_QUICK = 64;

  static final int WAITING_MAX = 1024;
  static final Duration MOMENT = Duration.ofSeconds(1);

  /** For whoever still waits when the sender closes: it is made again by the next one. */
  static final Postponed STOPPING = new Postponed("stopping: the sender is closing", Duration.ZERO);

  /** How long one waits in the shared room, in moments. */
  private static final int MOMENTS_MAX = 60;

  /** How long a destination may be silent until nobody waits for it in the room any more. */
  private static final Duration STALL_MAX = Duration.ofSeconds(3);

  /** The same in moments, of which the first was not whole; then it holds no more than a few. */
  static final int SILENT_MOMENTS_MAX = 3;

  private static final Duration QUICK = Duration.ofSeconds(1);

  /** What an attempt is taken to last before one was made. */
  private static final Duration DURATION_FIRST = Duration.ofMillis(100);

  private static final Duration SILENCE_MAX = Duration.ofMillis(250);
  private static final Duration DELAY_MIN = Duration.ofSeconds(1);
  private static final Duration DELAY_MAX = Duration.ofMinutes(1);

  /** How long after one another those come back that a resting destination did not take. */
  static final Duration RETURN_EVERY = Duration.ofMillis(10);

  /** How much the newest attempt's duration weighs in the mean: one part of so many. */
  private static final int MEMORY = 8;

  private final InstantSource clock;
  private final WaitingRoom room;

  /** What it has while it is quick and more wait than it is likely to take in a moment. */
  private final int placesMax;

  private final Deque<Wait> waiting = new ArrayDeque<>();

  /** What the destination is asked, the oldest first. */
  private final Set<Asking> asked = new LinkedHashSet<>();

  private final Breaker breaker = new Breaker();
  private int inFlight;
  private Duration meanDuration = DURATION_FIRST;
  private boolean hasAnswered;
  private Instant promised = Instant.MIN;

  /** When the last comes back that was sent away while the destination rested. */
  private Instant returns = Instant.MIN;

  /** When the destination last answered, or was first asked after a rest. */
  private Instant heardAt;

  /** Moments since then. A machine that slept, or a clock that was set, makes none. */
  private int silentMoments;

  Lane(InstantSource clock, WaitingRoom room, int placesMax) {
    this.clock = clock;
    this.room = room;
    this.placesMax = placesMax;
    heardAt = clock.instant();
  }

  synchronized int inFlight() {
    return inFlight;
  }

  synchronized Breaker.State breakerState() {
    return breaker.state();
  }

  /**
   * Takes a place, waiting for one where that is worth it; or says when to come back.
   *
   * @param weight what the attempt weighs in the room where it may have to wait
   */
  Optional<Postponed> enter(int weight) throws InterruptedException {
    var resting = resting();
    if (resting.isPresent()) {
      return resting;
    }
    if (!place(weight)) {
      return Optional.of(room.isOpen() ? busy() : STOPPING);
    }
    var pause = admit();
    pause.ifPresent(_ -> release());
    return pause;
  }

  /** The calling thread asks the destination now. It may be interrupted until it leaves. */
  synchronized Asking ask() {
    var asking = new Asking();
    asked.add(asking);
    return asking;
  }

  /** Gives the place back after an attempt, and says how it is to be taken. */
  synchronized Outcome leave(Asking asking, Outcome outcome, Duration duration) {
    asked.remove(asking);
    if (asking.endedCut(outcome)) {
      withdraw();
      return back("cut: the destination fell silent");
    }
    heard();
    hasAnswered |= !(outcome instanceof Deferred deferred && Reasons.isTimeout(deferred));
    meanDuration = meanDuration.multipliedBy(MEMORY - 1).plus(duration).dividedBy(MEMORY);
    answered(outcome);
    release();
    return outcome;
  }

  /** Gives the place back without having asked the destination. */
  synchronized void withdraw() {
    breaker.withdrawn();
    release();
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

  private boolean place(int weight) throws InterruptedException {
    var wait = new Wait(weight);
    synchronized (this) {
      if (waiting.isEmpty() && hasPlace()) {
        take();
        return true;
      }
      if (!room.isOpen() || !isWorthWaiting(wait, waiting.size() + 1)) {
        return false;
      }
      waiting.add(wait);
    }
    try {
      wait.over.await();
      return wait.placed;
    } catch (InterruptedException e) {
      giveUp(wait);
      throw e;
    } finally {
      wait.leaveRoom();
    }
  }

  /** Waits no more; the place that was given in the same moment is given back. */
  private synchronized void giveUp(Wait wait) {
    if (!waiting.remove(wait) && wait.placed) {
      release();
    }
  }

  /**
   * Sends away whoever has no more sense in waiting on. To be called each {@link #MOMENT}, and when
   * the room has closed: nobody who waits looks at a clock, as thousands would at a time.
   */
  synchronized void momentPassed() {
    waiting.removeIf(wait -> !wait.goesOn());
    silentMoments++;
    if (silentMoments > SILENT_MOMENTS_MAX) {
      asked.stream().skip(PLACES).forEach(Asking::cut);
    }
  }

  private void take() {
    if (inFlight == 0) {
      heard();
    }
    inFlight++;
  }

  private void heard() {
    heardAt = clock.instant();
    silentMoments = 0;
  }

  private synchronized void release() {
    inFlight--;
    while (!waiting.isEmpty() && hasPlace()) {
      take();
      waiting.remove().end(true);
    }
    if (waiting.isEmpty()) {
      promised = Instant.MIN;
    }
  }

  private boolean hasPlace() {
    return inFlight < places();
  }

  private int places() {
    boolean quick = hasAnswered && meanDuration.compareTo(QUICK) < 0;
    if (!quick || silence().compareTo(SILENCE_MAX) > 0) {
      return Math.min(PLACES, placesMax);
    }
    return waiting.size() > WAITING_MAX ? placesMax : Math.min(PLACES_QUICK, placesMax);
  }

  private Duration silence() {
    return Duration.between(heardAt, clock.instant());
  }

  /**
   * Whether the last of so many waits: where it is likely to get a place in a moment, at the pace
   * the destination has shown, or at the one that its silence since then tells of. When only the
   * pace is too slow, the destination is busy or had a hiccup: what has room waits for better.
   */
  private boolean isWorthWaiting(Wait wait, int queue) {
    boolean soon = longer(pace(), silence()).multipliedBy(queue).compareTo(MOMENT) <= 0;
    boolean inTime = pace().multipliedBy(queue).compareTo(MOMENT.multipliedBy(MOMENTS_MAX)) <= 0;
    return (soon && queue <= WAITING_MAX) || (inTime && waitsOn(wait));
  }

  /** Whether one whose moment is over waits on: for a destination that answers, in the room. */
  private boolean waitsOn(Wait wait) {
    return silence().compareTo(STALL_MAX) <= 0 && wait.entersRoom();
  }

  private Duration pace() {
    return meanDuration.dividedBy(places());
  }

  private synchronized Optional<Postponed> resting() {
    return breaker.pause(clock.instant()).map(this::rest);
  }

  private synchronized Optional<Postponed> admit() {
    return breaker.admit(clock.instant()).map(this::rest);
  }

  /** Has them come back one by one: all at once would keep the log busy with one destination. */
  private Postponed rest(Duration pause) {
    var now = clock.instant();
    var next = now.plus(longer(pause, DELAY_MIN));
    returns = returns.isBefore(next) ? next : returns.plus(RETURN_EVERY);
    return new Postponed(
        "resting: the destination failed too often", Duration.between(now, returns));
  }

  private synchronized Postponed busy() {
    return back("busy: " + inFlight + " attempts are under way");
  }

  /**
   * Promises each one that finds no room a time of its own, at the pace the destination has shown,
   * so that they do not all come back at once.
   */
  private Postponed back(String reason) {
    var now = clock.instant();
    var from = promised.isBefore(now) ? now : promised;
    promised = from.plus(pace());
    var delay = longer(Duration.between(now, promised), DELAY_MIN);
    return new Postponed(reason, shorter(delay, DELAY_MAX));
  }

  /** An attempt that its destination has not answered yet. */
  static final class Asking {
    private final Thread thread = Thread.currentThread();
    private boolean cut;

    private void cut() {
      cut = true;
      thread.interrupt();
    }

    /**
     * Whether it ended because it was cut, not by an answer of the same instant; to be called on
     * its thread, which is not interrupted any more then.
     */
    private boolean endedCut(Outcome outcome) {
      if (!cut) {
        return false;
      }
      Thread.interrupted();
      return !(outcome instanceof Accepted || outcome instanceof Refused);
    }
  }

  /** An attempt that waits for its turn. */
  private final class Wait {
    private final CountDownLatch over = new CountDownLatch(1);
    private final int weight;
    private int moments;
    private boolean inRoom;
    private boolean placed;

    Wait(int weight) {
      this.weight = weight;
    }

    /** Whether it waits on, now that another moment has passed; the first one was not whole. */
    boolean goesOn() {
      moments++;
      boolean on = room.isOpen() && (moments == 1 || (moments <= MOMENTS_MAX && waitsOn(this)));
      if (!on) {
        end(false);
      }
      return on;
    }

    void end(boolean withPlace) {
      placed = withPlace;
      over.countDown();
    }

    /** Whether it is in the room now. */
    boolean entersRoom() {
      inRoom = inRoom || room.enter(weight);
      return inRoom;
    }

    void leaveRoom() {
      if (inRoom) {
        room.leave(weight);
      }
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

package dev.earshot.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Lets a destination rest that mostly fails. Not safe for several threads; its lane sees to that.
 */
final class Breaker {

  static final int WINDOW = 20;
  static final int ATTEMPTS_MIN = 10;
  static final int TIMEOUTS_MAX = 5;
  static final int PROBES = 3;
  static final Duration REST_FIRST = Duration.ofSeconds(30);
  static final Duration REST_MAX = Duration.ofMinutes(10);
  private static final Duration PROBE_WAIT = Duration.ofSeconds(1);

  /** How a destination answered. */
  enum Answer {
    GOOD,
    BAD,
    NONE_IN_TIME
  }

  enum State {
    CLOSED(0),
    /** Only probes pass. */
    HALF_OPEN(1),
    OPEN(2);

    /** How it is drawn on a chart. */
    final int level;

    State(int level) {
      this.level = level;
    }
  }

  private final Deque<Answer> recent = new ArrayDeque<>();
  private State state = State.CLOSED;
  private Duration rest = REST_FIRST;
  private Instant until = Instant.MIN;
  private int probesOut;
  private int probesGood;

  State state() {
    return state;
  }

  /** How long nobody passes any more; empty when somebody may. */
  Optional<Duration> pause(Instant now) {
    return state == State.OPEN && now.isBefore(until)
        ? Optional.of(Duration.between(now, until))
        : Optional.empty();
  }

  /** Lets an attempt pass, or says how long it is to wait. */
  Optional<Duration> admit(Instant now) {
    if (state == State.OPEN && !now.isBefore(until)) {
      state = State.HALF_OPEN;
      probesOut = 0;
      probesGood = 0;
    }
    return switch (state) {
      case CLOSED -> Optional.empty();
      case OPEN -> Optional.of(Duration.between(now, until));
      case HALF_OPEN -> probe();
    };
  }

  private Optional<Duration> probe() {
    if (probesOut == PROBES) {
      return Optional.of(PROBE_WAIT);
    }
    probesOut++;
    return Optional.empty();
  }

  /** An attempt that was let pass was not made after all. */
  void withdrawn() {
    if (state == State.HALF_OPEN) {
      probesOut--;
    }
  }

  void answered(Answer answer, Instant now) {
    switch (state) {
      case CLOSED -> judge(answer, now);
      case HALF_OPEN -> probed(answer, now);
      // An attempt that began before the breaker opened; what it says is known already.
      case OPEN -> {}
    }
  }

  private void judge(Answer answer, Instant now) {
    recent.addLast(answer);
    if (recent.size() > WINDOW) {
      recent.removeFirst();
    }
    long failures = recent.stream().filter(it -> it != Answer.GOOD).count();
    boolean mostlyFailing = recent.size() >= ATTEMPTS_MIN && failures * 2 >= recent.size();
    if (answer != Answer.GOOD && (mostlyFailing || onlyTimeouts())) {
      open(now);
    }
  }

  private boolean onlyTimeouts() {
    int timeouts = 0;
    for (var answers = recent.descendingIterator(); answers.hasNext(); timeouts++) {
      if (answers.next() != Answer.NONE_IN_TIME) {
        break;
      }
    }
    return timeouts >= TIMEOUTS_MAX;
  }

  private void probed(Answer answer, Instant now) {
    if (answer != Answer.GOOD) {
      rest = rest.multipliedBy(2).compareTo(REST_MAX) < 0 ? rest.multipliedBy(2) : REST_MAX;
      open(now);
      return;
    }
    probesGood++;
    if (probesGood == PROBES) {
      state = State.CLOSED;
      rest = REST_FIRST;
    }
  }

  private void open(Instant now) {
    state = State.OPEN;
    until = now.plus(rest);
    recent.clear();
  }
}

package dev.earshot.bench.load;

import dev.earshot.bench.sink.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The events of one measurement on their way through the server, each known by the number in its
 * user's id. Numbers go on from one measurement to the next, so that a straggler is nobody else's.
 */
public final class Flights {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 50;
  private static final int NUMBER_LENGTH = 9;

  private final String mark;
  private volatile Flight flight = new Flight(0, 0);

  public Flights(String run) {
    mark = "bench-" + run + "-";
  }

  /** A measurement of events that were all sent and, as far as they would, have arrived. */
  public record Figures(
      int sent, int accepted, int arrived, int repeated, Spread answer, Spread arrival) {

    public String report(int perSecond) {
      return """
      %,6d events/s: %,d sent, %,d accepted, %,d webhooks arrived, %,d of them again
        sent -> answer    %s
        sent -> webhook   %s
      """
          .formatted(perSecond, sent, accepted, arrived, repeated, answer, arrival);
    }
  }

  /** Starts a measurement; returns the number of its first event. */
  public long begin(int count) {
    flight = new Flight(flight.first + flight.count, count);
    return flight.first;
  }

  public String event(long number) {
    var id = mark + String.format("%0" + NUMBER_LENGTH + "d", number);
    return Events.track(Events.FIRED, id, id);
  }

  public void answered(long number, long dueNanos, Answer answer) {
    flight.answered(number, dueNanos, answer);
  }

  /** Hears of a webhook: the first mark in its body says whose it is. */
  public Reply arrived(long nanos, Wire.Message request) {
    var body = request.body();
    int at = body.indexOf(mark) + mark.length();
    if (at >= mark.length()) {
      flight.arrived(Long.parseLong(body.substring(at, at + NUMBER_LENGTH)), nanos);
    }
    return Reply.ok();
  }

  /** Waits until all have arrived, or none has for a while. */
  public Figures end() throws InterruptedException {
    int before = -1;
    long since = System.nanoTime();
    for (var figures = flight.figures(); ; figures = flight.figures()) {
      boolean moving = figures.arrived() != before;
      boolean patient = System.nanoTime() - since < PATIENCE.toNanos();
      if (figures.arrived() >= figures.accepted() || (!moving && !patient)) {
        return figures;
      }
      if (moving) {
        before = figures.arrived();
        since = System.nanoTime();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static final class Flight {
    private final long first;
    private final int count;
    private final AtomicLongArray due;
    private final AtomicLongArray answerNanos;
    private final AtomicLongArray arrivedAt;
    private final AtomicIntegerArray arrivals;

    Flight(long first, int count) {
      this.first = first;
      this.count = count;
      due = new AtomicLongArray(count);
      answerNanos = new AtomicLongArray(count);
      arrivedAt = new AtomicLongArray(count);
      arrivals = new AtomicIntegerArray(count);
    }

    void answered(long number, long dueNanos, Answer answer) {
      int at = Math.toIntExact(number - first);
      due.set(at, dueNanos);
      if (answer.accepted()) {
        answerNanos.set(at, System.nanoTime() - dueNanos);
      }
    }

    void arrived(long number, long nanos) {
      int at = Math.toIntExact(number - first);
      if (at >= 0 && at < count && arrivals.getAndIncrement(at) == 0) {
        arrivedAt.set(at, nanos);
      }
    }

    Figures figures() {
      var answers = new long[count];
      var flights = new long[count];
      int accepted = 0;
      int arrived = 0;
      int repeated = 0;
      for (int at = 0; at < count; at++) {
        if (answerNanos.get(at) > 0) {
          answers[accepted++] = answerNanos.get(at);
        }
        if (arrivedAt.get(at) != 0 && due.get(at) != 0) {
          flights[arrived++] = arrivedAt.get(at) - due.get(at);
          repeated += arrivals.get(at) - 1;
        }
      }
      return new Figures(
          count,
          accepted,
          arrived,
          repeated,
          Spread.of(Arrays.copyOf(answers, accepted)),
          Spread.of(Arrays.copyOf(flights, arrived)));
    }
  }
}

package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.OpenLoop;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The highest rate at which the decisions keep up with the events. */
final class LoopMeasurement implements Measurement {

  private static final int BATCH = 100;
  private static final int SLOWEST = 2_000;
  private static final int FASTEST = 64_000;
  private static final int CONFIRMED_MAX = 4;

  /** Of a second's events that the lag may grow by within half of the time. */
  private static final double GROWTH_SECONDS_MAX = 0.5;

  private static final double LAG_SECONDS_MAX = 2;

  private static final double SLOWER = 0.85;

  private long next = 1;

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public String meaning() {
    return "the highest rate, from HTTP to facts, that is sustained without a growing lag: steps"
        + " find it, then it is held for 60 s (quick: 10 s)";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    int rate = fastestProbed(rig);
    for (int tries = 0; tries < CONFIRMED_MAX; tries++) {
      if (sustains(rig, rate, rig.either(60, 10))) {
        return List.of(figure(rate));
      }
      rate = (int) (rate * SLOWER);
    }
    return List.of(figure(Double.NaN));
  }

  private static Figure figure(double rate) {
    return Figure.of("sustained", rate, "events/s").aimedAt(new Goal.AtLeast(25_000));
  }

  /** Doubles until it is too fast, then tries the middle between. */
  private int fastestProbed(Rig rig) throws InterruptedException {
    int held = SLOWEST;
    int rate = 2 * SLOWEST;
    while (rate <= FASTEST && sustains(rig, rate, rig.either(6, 4))) {
      held = rate;
      rate *= 2;
    }
    int middle = held * 3 / 2;
    return rate <= FASTEST && sustains(rig, middle, rig.either(6, 4)) ? middle : held;
  }

  private boolean sustains(Rig rig, int rate, int seconds) throws InterruptedException {
    var refused = new AtomicLong();
    long middle = send(rig, rate, seconds, refused);
    long end = send(rig, rate, seconds, refused);
    boolean holds =
        refused.get() == 0
            && end - middle <= rate * GROWTH_SECONDS_MAX
            && end <= rate * LAG_SECONDS_MAX;
    rig.say(
        "%,d events/s: lag %,d, then %,d%s%s"
            .formatted(
                rate,
                middle,
                end,
                refused.get() > 0 ? ", and refusals" : "",
                holds ? "" : ": too fast"));
    rig.settle();
    return holds;
  }

  /** Sends for half of the time; returns what is then undecided or not even answered. */
  private long send(Rig rig, int rate, int seconds, AtomicLong refused)
      throws InterruptedException {
    var batch = rig.batch(Events.counted(rig.run() + "-loop"));
    long first = next;
    long count = (long) rate * seconds / 2 / BATCH;
    long start = System.nanoTime();
    new OpenLoop(
            rig.target().server(),
            number -> batch.copy().with(number * BATCH),
            (_, _, answer) -> {
              if (!answer.accepted()) {
                refused.incrementAndGet();
              }
            })
        .run(first, rate / BATCH, number -> number < first + count);
    next = first + count;
    double late = (System.nanoTime() - start) / 1e9 - count * BATCH / (double) rate;
    return rig.undecided() + (long) (Math.max(0, late) * rate);
  }
}

package dev.earshot.bench.measure;

import dev.earshot.bench.micro.EngineBench;
import dev.earshot.bench.micro.PlainFold;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.List;

/** The engine alone: no log, no HTTP, one thread. */
final class EngineMeasurement implements Measurement {

  private static final List<Integer> COUNTS = List.of(10, 100, 1_000, 10_000);
  private static final List<Integer> COUNTS_WHEN_QUICK = List.of(10, 10_000);
  private static final int STEPS_BETWEEN_LOOKS = 1_024;

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String meaning() {
    return "steps of the pure engine a second, one thread, 1,000 users, 5 journeys touched by each"
        + " event; beside a plain fold of the same rules over hash maps, which tells nobody why";
  }

  @Override
  public List<Figure> measure(Rig rig) {
    return rig.either(COUNTS, COUNTS_WHEN_QUICK).stream()
        .map(count -> measure(rig, count))
        .toList();
  }

  private static Figure measure(Rig rig, int journeys) {
    var engine = new EngineBench();
    engine.journeys = journeys;
    engine.prepare();
    var fold = new PlainFold(journeys);
    perSecond(engine::step, rig.seconds(4, 2));
    perSecond(fold::step, rig.seconds(2, 1));
    return Figure.of(
            "%,d journeys".formatted(journeys),
            perSecond(engine::step, rig.seconds(3, 1)),
            "steps/s")
        .beside("plain fold", perSecond(fold::step, rig.seconds(2, 1)))
        .aimedAt(new Goal.AtLeast(400_000));
  }

  private static double perSecond(Runnable step, Duration duration) {
    long start = System.nanoTime();
    long steps = 0;
    while (System.nanoTime() - start < duration.toNanos()) {
      for (int one = 0; one < STEPS_BETWEEN_LOOKS; one++) {
        step.run();
      }
      steps += STEPS_BETWEEN_LOOKS;
    }
    return steps * 1e9 / (System.nanoTime() - start);
  }
}

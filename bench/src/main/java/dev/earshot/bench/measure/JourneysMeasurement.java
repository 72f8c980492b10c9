package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.util.ArrayList;
import java.util.List;

/** What journeys on other events cost. */
final class JourneysMeasurement implements Measurement {

  private static final List<Integer> COUNTS = List.of(10, 100, 1_000, 10_000);
  private static final List<Integer> COUNTS_WHEN_QUICK = List.of(10, 10_000);

  /** As many as one request may hold. */
  private static final int PUBLISHED_AT_ONCE = 1_000;

  @Override
  public String name() {
    return "journeys";
  }

  @Override
  public String meaning() {
    return "events accepted and decided on a second, in batches of 100, with journeys that none of"
        + " the events is for; beside the same with 10";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var batch = rig.batch(Events.counted(rig.run() + "-idle"));
    rig.decide(batch, rig.seconds(8, 4));
    var figures = new ArrayList<Figure>();
    int published = 0;
    for (int count : rig.either(COUNTS, COUNTS_WHEN_QUICK)) {
      publish(rig, published, count);
      published = count;
      // What was published goes through the log, and is first to be heard.
      rig.settle();
      rig.decide(batch, rig.seconds(3, 2));
      figures.add(
          Figure.of(
              "%,d journeys".formatted(count), rig.decide(batch, rig.seconds(10, 4)), "events/s"));
    }
    double ten = figures.getFirst().value();
    var most = figures.removeLast();
    figures.add(most.aimedAt(new Goal.RatioAtLeast(0.80)));
    return figures.stream().map(figure -> figure.beside("10 journeys", ten)).toList();
  }

  private static void publish(Rig rig, int from, int to) {
    for (int first = from; first < to; first += PUBLISHED_AT_ONCE) {
      rig.say("publishing up to journey %,d".formatted(Math.min(to, first + PUBLISHED_AT_ONCE)));
      rig.api().apply(Definitions.idle(first, Math.min(to, first + PUBLISHED_AT_ONCE)));
    }
  }
}

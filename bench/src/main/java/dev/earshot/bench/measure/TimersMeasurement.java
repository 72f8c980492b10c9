package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What timers that nobody's time has come for cost. */
final class TimersMeasurement implements Measurement {

  private final List<Double> with = new ArrayList<>();
  private final List<Double> without = new ArrayList<>();

  @Override
  public String name() {
    return "timers";
  }

  @Override
  public String meaning() {
    return "events accepted and decided on a second while so many people wait in a journey, each"
        + " with a timer of 30 days; beside a second server that knows as many people, none of whom"
        + " waits; each the median of rounds in turns";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    int people = rig.either(1_000_000, 50_000);
    try (var waiting = rig.another("timers-with");
        var idle = rig.another("timers-without")) {
      waiting.api().apply(Definitions.timed());
      rig.say("setting %,d timers".formatted(people));
      meet(waiting, people);
      rig.say("the same people, and no timers");
      meet(idle, people);
      for (int round = rig.either(3, 1); round > 0; round--) {
        without.add(decided(idle));
        with.add(decided(waiting));
        with.add(decided(waiting));
        without.add(decided(idle));
      }
    }
    return List.of(
        Figure.of("with %,d timers".formatted(people), median(with), "events/s")
            .beside("without", median(without))
            .aimedAt(new Goal.RatioAtLeast(0.90)));
  }

  /** Each of so many people does once what starts a journey that waits, where there is one. */
  private static void meet(Rig rig, int people) throws InterruptedException {
    var event = Events.track(Events.TIMED, rig.run() + "-" + Stamp.NUMBER, "timed-" + Stamp.USER);
    rig.decideAll(rig.batch(event, people), people);
  }

  private static double decided(Rig rig) throws InterruptedException {
    var batch = rig.batch(Events.counted(rig.run() + "-timers"));
    return rig.decide(batch, rig.seconds(10, 4));
  }

  private static double median(List<Double> rounds) {
    var sorted = rounds.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  @Override
  public List<String> remarks() {
    return List.of(
        "rounds with: %s; without: %s".formatted(listed(with), listed(without)),
        "How late due timers fire is not measured here.");
  }

  private static String listed(List<Double> rounds) {
    return rounds.stream().map("%,.0f"::formatted).collect(Collectors.joining(" "));
  }
}

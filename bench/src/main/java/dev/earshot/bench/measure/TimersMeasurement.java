package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.util.List;

/** What timers that nobody's time has come for cost. */
final class TimersMeasurement implements Measurement {

  @Override
  public String name() {
    return "timers";
  }

  @Override
  public String meaning() {
    return "events accepted and decided on a second while so many people wait in a journey, each"
        + " with a timer of 30 days; beside the same before they entered";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    int timers = rig.either(1_000_000, 50_000);
    var batch = rig.batch(Events.counted(rig.run() + "-timers"));
    rig.decide(batch, rig.seconds(5, 2));
    double without = rig.decide(batch, rig.seconds(10, 4));
    rig.say("setting %,d timers".formatted(timers));
    rig.api().apply(Definitions.timed());
    var timed = Events.track(Events.TIMED, rig.run() + "-" + Stamp.NUMBER, "timed-" + Stamp.USER);
    rig.decideAll(rig.batch(timed, timers), timers);
    return List.of(
        Figure.of(
                "with %,d timers".formatted(timers),
                rig.decide(batch, rig.seconds(10, 4)),
                "events/s")
            .beside("without", without)
            .aimedAt(new Goal.RatioAtLeast(0.90)));
  }

  @Override
  public List<String> remarks() {
    return List.of("How late due timers fire is not measured here.");
  }
}

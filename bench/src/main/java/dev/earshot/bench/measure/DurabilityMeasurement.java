package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What it costs that the disk has every event before it is acknowledged. */
final class DurabilityMeasurement implements Measurement {

  @Override
  public String name() {
    return "durability";
  }

  @Override
  public String meaning() {
    return "accepted events in batches of 100 over HTTP, "
        + Rig.CONNECTIONS
        + " connections, with durability fsync, on a"
        + " server of its own; beside the same with durability os";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    double os = accepted(rig, "os");
    return List.of(
        Figure.of("durability fsync", accepted(rig, "fsync"), "events/s")
            .beside("durability os", os)
            .aimedAt(new Goal.RatioAtLeast(0.50)));
  }

  private static double accepted(Rig rig, String durability) throws InterruptedException {
    try (var own = rig.another(durability, Map.of("EARSHOT_DURABILITY", durability))) {
      var batch = own.batch(Events.counted(own.run()));
      own.accept(batch, Duration.ZERO, own.seconds(20, 5));
      own.settle();
      return own.accept(batch, Duration.ofSeconds(1), own.seconds(10, 4)).perSecond();
    }
  }
}

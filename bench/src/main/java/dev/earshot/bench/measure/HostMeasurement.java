package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.List;

/** How fast a backlog is decided on, beside Kafka Streams that only counts. */
final class HostMeasurement implements Measurement {

  @Override
  public String name() {
    return "host";
  }

  @Override
  public String meaning() {
    return "events of a backlog decided on, with 20 journeys, 5 of them on each event, and 10,000"
        + " users; beside a bare Kafka Streams processor (exactly once, a commit each 200 ms, which"
        + " is ours with a backlog) that reads 1.5 KB of RocksDB and writes them back, on the same"
        + " broker";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    rig.api().apply(Definitions.twenty());
    var batch = Stamp.of(rig.target().post("/v1/batch", Events.ofJourneys(rig.run())));
    rig.accept(batch, Duration.ZERO, rig.seconds(15, 5));
    rig.settle();
    rig.accept(batch, Duration.ZERO, rig.seconds(12, 5));
    double decided = rig.settle();
    rig.say("the same without the product");
    double bare = new BareStreams(rig).run(rig.either(600_000, 150_000));
    return List.of(
        Figure.of("20 journeys", decided, "events/s")
            .beside("bare Kafka Streams", bare)
            .aimedAt(new Goal.RatioAtLeast(0.50)));
  }
}

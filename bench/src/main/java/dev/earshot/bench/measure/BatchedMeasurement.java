package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Batches of events, beside the broker when it is asked directly. */
final class BatchedMeasurement implements Measurement {

  /** So many that none is compressed by what is left of itself. */
  private static final int RECORDS = 4_000;

  private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "batched";
  }

  @Override
  public String meaning() {
    return "accepted events in batches of 100 over HTTP, "
        + Rig.CONNECTIONS
        + " connections, while they are decided on, and by a server of its own with the role gateway"
        + " only; beside a Kafka producer (acks=all, the same compression, partitions and broker, in"
        + " turns with it) of the events as they are sent, and of the records that the log holds of"
        + " them";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var figures = new ArrayList<Figure>();
    figures.add(decided(rig));
    try (var gateway = rig.gateway("gateway")) {
      figures.addAll(acceptedOnly(gateway));
    }
    return figures;
  }

  private static Figure decided(Rig rig) throws InterruptedException {
    var event = Events.counted(rig.run());
    var batch = warmedUp(rig, event);
    double accepted = 0;
    double events = 0;
    for (int round = 0; round < rounds(rig); round++) {
      accepted += accepted(rig, batch) / rounds(rig);
      rig.settle();
      events += events(rig, event, round) / rounds(rig);
    }
    return figure(
        "batches of 100, " + Rig.CONNECTIONS + " connections",
        accepted,
        "raw Kafka producer of the events",
        events);
  }

  private static List<Figure> acceptedOnly(Rig rig) throws InterruptedException {
    var event = Events.counted(rig.run());
    var batch = warmedUp(rig, event);
    double accepted = 0;
    double events = 0;
    double records = 0;
    for (int round = 0; round < rounds(rig); round++) {
      accepted += accepted(rig, batch) / rounds(rig);
      events += events(rig, event, round) / rounds(rig);
      records += records(rig, round) / rounds(rig);
    }
    return List.of(
        figure("the same, nobody deciding", accepted, "raw Kafka producer of the events", events),
        figure(
            "the same beside the records they became",
            accepted,
            "raw Kafka producer of those records",
            records));
  }

  private static Figure figure(String name, double accepted, String limit, double beside) {
    return Figure.of(name, accepted, "events/s")
        .beside(limit, beside)
        .aimedAt(new Goal.RatioAtLeast(0.40));
  }

  private static int rounds(Rig rig) {
    return rig.either(2, 1);
  }

  /** The request that the server has seen often enough to be fast. */
  private static Stamp warmedUp(Rig rig, String event) {
    var batch = rig.batch(event);
    rig.accept(batch, Duration.ZERO, rig.seconds(60, 4));
    return batch;
  }

  private static double accepted(Rig rig, Stamp batch) {
    return rig.accept(batch, WARM_UP_AGAIN, rig.seconds(8, 4)).perSecond();
  }

  private static double events(Rig rig, String event, int round) throws InterruptedException {
    return new RawProducer(rig.log().client(), "bench-events-" + round)
        .run(Stamp.of(Events.bytes(event)), rig.seconds(3, 2), rig.seconds(8, 4))
        .perSecond();
  }

  /** What the producer comes to with what the log holds: longer, with keys and headers. */
  private static double records(Rig rig, int round) throws InterruptedException {
    return new RawProducer(rig.log().client(), "bench-records-" + round)
        .run(rig.log().last("events", RECORDS), rig.seconds(3, 2), rig.seconds(8, 4))
        .perSecond();
  }
}

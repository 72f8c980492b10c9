package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
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
        + " connections, while they are decided on,"
        + " and by a server of its own with the role gateway only; beside a Kafka producer (acks=all, the same compression) with the same bytes on the same broker, and with the records that the events became";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var event = Events.counted(rig.run());
    var batch = rig.batch(event);
    rig.accept(batch, Duration.ZERO, rig.seconds(30, 4));
    double accepted = 0;
    double raw = 0;
    int rounds = rig.either(2, 1);
    for (int round = 0; round < rounds; round++) {
      accepted += rig.accept(batch, WARM_UP_AGAIN, rig.seconds(8, 4)).perSecond();
      rig.settle();
      raw += raw(rig, event, round);
    }
    double again = again(rig);
    double alone = byGatewayAlone(rig);
    return List.of(
        figure(
            "batches of 100, " + Rig.CONNECTIONS + " connections", accepted / rounds, raw / rounds),
        figure("the same, nobody deciding", alone, raw / rounds),
        Figure.of("the same beside the records they became", alone, "events/s")
            .beside("raw Kafka producer of those records", again)
            .aimedAt(new Goal.RatioAtLeast(0.40)));
  }

  private static Figure figure(String name, double accepted, double raw) {
    return Figure.of(name, accepted, "events/s")
        .beside("raw Kafka producer", raw)
        .aimedAt(new Goal.RatioAtLeast(0.40));
  }

  private static double byGatewayAlone(Rig rig) throws InterruptedException {
    try (var gateway = rig.gateway("gateway")) {
      var batch = gateway.batch(Events.counted(gateway.run()));
      return gateway.accept(batch, gateway.seconds(30, 5), gateway.seconds(10, 4)).perSecond();
    }
  }

  /** What the producer comes to with what the log holds: longer, with keys and headers. */
  private static double again(Rig rig) throws InterruptedException {
    return new RawProducer(rig.log().client(), "bench-raw-again")
        .run(rig.log().last("events", RECORDS), rig.seconds(3, 2), rig.seconds(8, 4))
        .perSecond();
  }

  private static double raw(Rig rig, String event, int round) throws InterruptedException {
    return new RawProducer(rig.log().client(), "bench-raw-" + round)
        .run(Stamp.of(Events.bytes(event)), rig.seconds(3, 2), rig.seconds(8, 4))
        .perSecond();
  }
}

package dev.earshot.bench;

import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.List;

/** Batches of events, beside the broker when it is asked directly. */
final class BatchedMeasurement implements Measurement {

  private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "batched";
  }

  @Override
  public String meaning() {
    return "accepted events in batches of 100 over HTTP, 8 connections, while they are decided on;"
        + " beside a Kafka producer (acks=all, lz4) with the same bytes on the same broker";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var event = Events.counted(rig.run());
    var batch = rig.batch(event);
    rig.accept(batch, Duration.ZERO, rig.seconds(10, 4));
    double accepted = 0;
    double raw = 0;
    int rounds = rig.either(2, 1);
    for (int round = 0; round < rounds; round++) {
      accepted += rig.accept(batch, WARM_UP_AGAIN, rig.seconds(8, 4)).perSecond();
      rig.settle();
      raw += raw(rig, event, round);
    }
    return List.of(
        Figure.of("batches of 100, 8 connections", accepted / rounds, "events/s")
            .beside("raw Kafka producer", raw / rounds)
            .aimedAt(new Goal.RatioAtLeast(0.40)));
  }

  private static double raw(Rig rig, String event, int round) throws InterruptedException {
    return new RawProducer(rig.log().client(), "bench-raw-" + round)
        .run(Stamp.of(Events.bytes(event)), rig.seconds(3, 2), rig.seconds(8, 4))
        .perSecond();
  }
}

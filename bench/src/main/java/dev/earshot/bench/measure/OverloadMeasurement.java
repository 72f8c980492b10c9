package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Flood;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Far more than a server can take: it takes what it can, and refuses the rest at once. */
final class OverloadMeasurement implements Measurement {

  private static final int TIMES = 10;
  private static final int CONNECTIONS = 256;
  private static final long LOOK_MILLIS = 500;

  private final List<String> remarks = new ArrayList<>();

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String meaning() {
    return "batches of 100 events on %d connections, at up to %d times the rate that a server takes,"
            .formatted(CONNECTIONS, TIMES)
        + " whatever it answers; its heap is the usual 512 MB";
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    try (var own = rig.another("overload")) {
      var batch = own.batch(Events.counted(own.run()));
      double peak = own.accept(batch, own.seconds(40, 5), own.seconds(20, 5)).perSecond();
      own.say("%,.0f events/s without haste; now up to %d times that".formatted(peak, TIMES));
      var duration = own.seconds(180, 10);
      var flood = new Flood(own.target().server(), own.batch(Events.counted(own.run() + "-more")));
      var flooding =
          CompletableFuture.supplyAsync(
              () -> flood.run(CONNECTIONS, TIMES * peak / batch.events(), duration));
      double memory = mostMemory(own.server(), flooding);
      return figures(flooding.join(), batch.events() / (double) duration.toSeconds(), peak, memory);
    }
  }

  private List<Figure> figures(Flood.Ends ends, double rate, double peak, double memory) {
    remarks.add(
        "%,d requests were sent, %.1f times what it takes: %,d were accepted, %,d refused, %,d ended otherwise"
            .formatted(
                ends.sent(),
                ends.sent() * rate / peak,
                ends.accepted().count(),
                ends.refused().count(),
                ends.failed()));
    return List.of(
        Figure.of("accepted meanwhile", ends.accepted().count() * rate, "events/s")
            .beside("without overload", peak)
            .aimedAt(new Goal.RatioAtLeast(0.80)),
        Figure.of("an accepted request's answer, p99", ends.accepted().millis(0.99), "ms")
            .aimedAt(new Goal.AtMost(1000)),
        Figure.of("a refusal, p99", ends.refused().millis(0.99), "ms")
            .aimedAt(new Goal.AtMost(100)),
        Figure.of("memory of the server, at most", memory / 1e6, "MB"));
  }

  private static double mostMemory(ServerProcess server, CompletableFuture<?> meanwhile)
      throws InterruptedException {
    double most = 0;
    while (!meanwhile.isDone()) {
      most = Math.max(most, server.residentBytes());
      Thread.sleep(LOOK_MILLIS);
    }
    return most;
  }
}

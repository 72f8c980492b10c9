package dev.earshot.bench.measure;

import dev.earshot.bench.load.ClosedLoop;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Single events, beside a server that does nothing but read them. */
final class SingleMeasurement implements Measurement {

  private static final List<Integer> CONNECTIONS = List.of(64, 256);

  @Override
  public String name() {
    return "single";
  }

  @Override
  public String meaning() {
    return "accepted events, one a request, while they are decided on; beside a bare Vert.x handler"
        + " in a process of its own that reads the same JSON and forgets it";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var event = Events.counted(rig.run());
    var request = Stamp.of(rig.target().post("/v1/track", event));
    var figures = new ArrayList<Figure>();
    try (var bare = BareServer.start(rig.folder())) {
      for (int connections : CONNECTIONS) {
        double accepted =
            rig.accept(request, connections, rig.seconds(5, 2), rig.seconds(8, 3)).perSecond();
        rig.settle();
        figures.add(
            Figure.of(connections + " connections", accepted, "events/s")
                .beside("bare handler", bare(rig, bare, request, connections))
                .aimedAt(new Goal.RatioAtLeast(0.60)));
      }
    }
    return figures;
  }

  private static double bare(Rig rig, BareServer bare, Stamp request, int connections) {
    Duration warmUp = rig.seconds(5, 2);
    return new ClosedLoop(bare.url(), request, new AtomicLong())
        .run(connections, warmUp, rig.seconds(8, 3))
        .perSecond();
  }
}

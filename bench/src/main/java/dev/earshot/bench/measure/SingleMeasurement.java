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
    return "accepted events, one a request, while they are decided on, and by a server of its own"
        + " with the role gateway only; beside a bare Vert.x handler in a process of its own that"
        + " reads the same JSON and forgets it";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var figures = new ArrayList<Figure>();
    try (var bare = BareServer.start(rig.folder())) {
      for (int connections : CONNECTIONS) {
        double accepted = accepted(rig, connections, rig.seconds(5, 2));
        rig.settle();
        double limit = bare(rig, bare, connections);
        figures.add(figure(connections + " connections", accepted, limit));
        figures.add(figure("the same, nobody deciding", byGatewayAlone(rig, connections), limit));
      }
    }
    return figures;
  }

  private static Figure figure(String name, double accepted, double limit) {
    return Figure.of(name, accepted, "events/s")
        .beside("bare handler", limit)
        .aimedAt(new Goal.RatioAtLeast(0.60));
  }

  private static double byGatewayAlone(Rig rig, int connections) throws InterruptedException {
    try (var gateway = rig.gateway("single-" + connections)) {
      return accepted(gateway, connections, gateway.seconds(30, 3));
    }
  }

  private static double accepted(Rig rig, int connections, Duration warmUp) {
    return rig.accept(request(rig), connections, warmUp, rig.seconds(8, 3)).perSecond();
  }

  private static double bare(Rig rig, BareServer bare, int connections) {
    return new ClosedLoop(bare.url(), request(rig), new AtomicLong())
        .run(connections, rig.seconds(5, 2), rig.seconds(8, 3))
        .perSecond();
  }

  private static Stamp request(Rig rig) {
    return Stamp.of(rig.target().post("/v1/track", Events.counted(rig.run())));
  }
}

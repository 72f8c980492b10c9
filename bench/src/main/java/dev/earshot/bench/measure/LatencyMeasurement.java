package dev.earshot.bench.measure;

import dev.earshot.bench.load.Flights;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.sink.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From an event received to its webhook arriving. */
final class LatencyMeasurement implements Measurement {

  private static final int WARM_UP_PER_SECOND = 300;

  private final List<String> remarks = new ArrayList<>();

  private record Load(int perSecond, Goal goal) {}

  private static final List<Load> LOADS =
      List.of(
          new Load(100, new Goal.None()),
          new Load(1_000, new Goal.AtMost(50)),
          new Load(5_000, new Goal.AtMost(100)));

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String meaning() {
    return "from the moment an event was due to be sent to its webhook arriving, open loop, each"
        + " event of a new user";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var flights = new Flights(rig.run());
    var figures = new ArrayList<Figure>();
    try (var sink = Sink.start(flights::arrived)) {
      rig.api().apply(Definitions.webhookFor(sink.url(), rig.run()));
      fly(rig, flights, WARM_UP_PER_SECOND, rig.seconds(60, 4));
      for (var load : LOADS) {
        figures.addAll(figures(load, fly(rig, flights, load.perSecond, rig.seconds(15, 4))));
      }
    }
    return figures;
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  private List<Figure> figures(Load load, Flights.Figures flown) {
    if (flown.arrived() < flown.sent()) {
      remarks.add(
          "at %,d/s %,d of %,d events were accepted, and %,d webhooks arrived"
              .formatted(load.perSecond, flown.accepted(), flown.sent(), flown.arrived()));
    }
    var at = "at %,d/s, ".formatted(load.perSecond);
    return List.of(
        Figure.of(at + "p50", flown.arrival().millis(0.50), "ms"),
        Figure.of(at + "p99", flown.arrival().millis(0.99), "ms").aimedAt(load.goal));
  }

  private static Flights.Figures fly(Rig rig, Flights flights, int perSecond, Duration duration)
      throws InterruptedException {
    rig.say("%,d events/s with a webhook each".formatted(perSecond));
    return LatencyCommand.measure(rig.target(), flights, perSecond, duration);
  }
}

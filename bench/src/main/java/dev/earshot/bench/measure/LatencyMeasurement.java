package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Flights;
import dev.earshot.bench.load.OpenLoop;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.sink.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** From an event received to its webhook arriving. */
final class LatencyMeasurement implements Measurement {

  private static final int FIRST_PER_SECOND = 300;
  private static final int SENT_AMONG = 500;
  private static final int OTHERS = 4_500;

  private final List<String> remarks = new ArrayList<>();

  private record Load(int perSecond, Goal goal) {

    String word() {
      return "at %,d/s".formatted(perSecond);
    }
  }

  private static final Load LOW = new Load(100, new Goal.None());
  private static final Load MIDDLE = new Load(1_000, new Goal.AtMost(50));
  private static final Load HIGH = new Load(5_000, new Goal.AtMost(100));

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String meaning() {
    return "from the moment an event was due to be sent to its webhook arriving, open loop, each"
        + " event of a new user; at first, then once the server is warm, for 5,000/s after 45 s of"
        + " them, and at 500/s among 5,000 events/s of which the others ask for nothing";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var flights = new Flights(rig.run());
    var figures = new ArrayList<Figure>();
    try (var sink = Sink.start(flights::arrived)) {
      rig.api().apply(Definitions.webhookFor(sink.url(), rig.run()));
      var first = fly(rig, flights, FIRST_PER_SECOND, rig.seconds(60, 4));
      figures.addAll(figures("at first, at %,d/s".formatted(FIRST_PER_SECOND), first));
      fly(rig, flights, MIDDLE.perSecond, rig.seconds(180, 2));
      for (var load : List.of(LOW, MIDDLE)) {
        figures.addAll(figures(rig, flights, load));
      }
      figures.addAll(figures("at %,d/s among others".formatted(SENT_AMONG), among(rig, flights)));
      var flood = fly(rig, flights, HIGH.perSecond, rig.seconds(45, 4));
      figures.addAll(figures("at first, " + HIGH.word(), flood));
      figures.addAll(figures(rig, flights, HIGH));
    }
    return figures;
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  private List<Figure> figures(Rig rig, Flights flights, Load load) throws InterruptedException {
    var flown = fly(rig, flights, load.perSecond, rig.seconds(15, 4));
    return figures(load.word(), flown, load.goal);
  }

  private List<Figure> figures(String at, Flights.Figures flown) {
    return figures(at, flown, new Goal.None());
  }

  private List<Figure> figures(String at, Flights.Figures flown, Goal goal) {
    if (flown.arrived() < flown.sent()) {
      remarks.add(
          "%s, %,d of %,d events were accepted, and %,d webhooks arrived"
              .formatted(at, flown.accepted(), flown.sent(), flown.arrived()));
    }
    return List.of(
        Figure.of(at + ", p50", flown.arrival().millis(0.50), "ms"),
        Figure.of(at + ", p99", flown.arrival().millis(0.99), "ms").aimedAt(goal));
  }

  /** Events with a webhook each, among many that ask for nothing. */
  private static Flights.Figures among(Rig rig, Flights flights) throws InterruptedException {
    rig.say("%,d events/s besides, without a webhook".formatted(OTHERS));
    var ended = new AtomicBoolean();
    var others = Thread.ofPlatform().start(() -> passBy(rig, ended));
    try {
      return fly(rig, flights, SENT_AMONG, rig.seconds(15, 4));
    } finally {
      ended.set(true);
      others.join();
    }
  }

  private static void passBy(Rig rig, AtomicBoolean ended) {
    new OpenLoop(
            rig.target().server(),
            number -> rig.target().post("/v1/track", passing(rig, number)),
            (_, _, _) -> {})
        .run(0, OTHERS, _ -> !ended.get());
  }

  private static String passing(Rig rig, long number) {
    var id = rig.run() + "-by-" + number;
    return Events.track(Events.PASSED, id, "bench-" + number % 10_000);
  }

  private static Flights.Figures fly(Rig rig, Flights flights, int perSecond, Duration duration)
      throws InterruptedException {
    rig.say("%,d events/s with a webhook each".formatted(perSecond));
    return LatencyCommand.measure(rig.target(), flights, perSecond, duration);
  }
}

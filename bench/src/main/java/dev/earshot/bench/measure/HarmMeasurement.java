package dev.earshot.bench.measure;

import dev.earshot.bench.load.Answer;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Flights;
import dev.earshot.bench.load.OpenLoop;
import dev.earshot.bench.load.Spread;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.proof.BadRecords;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.server.Stranger;
import dev.earshot.bench.server.Target;
import dev.earshot.bench.sink.Reply;
import dev.earshot.bench.sink.Sink;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What one bad thing does to everybody else: the same few events, with and without it. */
final class HarmMeasurement implements Measurement {

  private static final int BYSTANDERS_PER_SECOND = 50;
  private static final int WARM_UP_PER_SECOND = 300;
  private static final int POISON_PER_SECOND = 50;
  private static final int BAD_RECORDS = 1_000;

  /** A port of the system at which nobody listens. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

  private static final int HOT_PER_SECOND = 500;
  private static final int HANGING_PER_SECOND = 20;
  private static final int QUOTA_PER_SECOND = 100;
  private static final int TIMES_THE_QUOTA = 20;

  private static final Map<String, String> QUOTA =
      Map.of(
          "EARSHOT_QUOTA_WORKSPACE_EVENTS_PER_SECOND", Integer.toString(QUOTA_PER_SECOND),
          "EARSHOT_QUOTA_WORKSPACE_BURST", Integer.toString(QUOTA_PER_SECOND * 2));

  private final List<String> remarks = new ArrayList<>();

  @Override
  public String name() {
    return "harm";
  }

  @Override
  public String meaning() {
    return "%d events a second of bystanders, each with a webhook, on servers of their own, while"
            .formatted(BYSTANDERS_PER_SECOND)
        + " something bad goes on; beside the same while nothing does";
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    var figures = new ArrayList<Figure>();
    try (var own = rig.another("harm");
        var silent = Sink.start((_, _) -> new Reply.Silent())) {
      own.api().apply(Definitions.hanging(silent.url(), own.run()));
      own.api().apply(Definitions.dead(NOWHERE, own.run()));
      var harms = List.of(poison(own), hotUser(own), hanging(own), dead(own));
      figures.addAll(beside(own, WARM_UP_PER_SECOND, harms));
    }
    try (var late = rig.another("late")) {
      figures.addAll(besideLateTimers(late));
    }
    try (var limited = rig.another("quota", QUOTA)) {
      figures.addAll(beside(limited, BYSTANDERS_PER_SECOND, List.of(noisyWorkspace(limited))));
    }
    return figures;
  }

  /** What must be done before something bad can go on. */
  private interface Setup {
    void run() throws InterruptedException;
  }

  /**
   * Something bad: events of that rate.
   *
   * @param before is over when bystanders are looked at
   * @param first is done while they are
   */
  private record Harm(
      String name,
      Setup before,
      Runnable first,
      Target target,
      int perSecond,
      LongFunction<String> events) {}

  private List<Figure> beside(Rig rig, int warmUpPerSecond, List<Harm> harms)
      throws InterruptedException {
    var flights = new Flights(rig.run());
    var figures = new ArrayList<Figure>();
    try (var sink = Sink.start(flights::arrived)) {
      rig.api().apply(Definitions.webhookFor(sink.url(), rig.run()));
      fly(rig, flights, warmUpPerSecond, rig.seconds(30, 8));
      var calm = fly(rig, flights, BYSTANDERS_PER_SECOND, rig.seconds(20, 4));
      for (var harm : harms) {
        figures.addAll(flyBeside(harm, rig, flights, calm));
      }
    }
    return figures;
  }

  /** Journeys of many people that were due while the server was down, beside a plain restart. */
  private List<Figure> besideLateTimers(Rig rig) throws InterruptedException {
    int timers = rig.either(100_000, 2_000);
    var wait = rig.seconds(180, 20);
    var flights = new Flights(rig.run());
    try (var sink = Sink.start(flights::arrived)) {
      rig.api().apply(Definitions.webhookFor(sink.url(), rig.run()));
      rig.api().apply(Definitions.timed(wait.toSeconds() + "s"));
      var calm = flyAfterRestart(rig, flights, Duration.ZERO);
      rig.say("setting %,d timers".formatted(timers));
      var timed = Events.track(Events.TIMED, rig.run() + "-" + Stamp.NUMBER, "t-" + Stamp.USER);
      rig.decideAll(rig.batch(timed, timers), timers);
      var harmed = flyAfterRestart(rig, flights, wait);
      double fired = rig.api().metric("earshot_host_timer_lateness_seconds_count");
      remarks.add("%,.0f late timers fired until the bystanders were through".formatted(fired));
      var name = "%,d journeys due while the server was down".formatted(timers);
      return figures(name, harmed, calm);
    }
  }

  private static Flights.Figures flyAfterRestart(Rig rig, Flights flights, Duration down)
      throws InterruptedException {
    rig.server().stop();
    Thread.sleep(down);
    rig.server().restart();
    rig.server().awaitReady();
    fly(rig, flights, BYSTANDERS_PER_SECOND, rig.seconds(40, 8));
    return fly(rig, flights, BYSTANDERS_PER_SECOND, rig.seconds(20, 4));
  }

  private static Flights.Figures fly(Rig rig, Flights flights, int perSecond, Duration duration)
      throws InterruptedException {
    rig.say("%,d events/s with a webhook each".formatted(perSecond));
    return LatencyCommand.measure(rig.target(), flights, perSecond, duration);
  }

  /** What begins comes to code and connections that are new; what goes on does not. */
  private List<Figure> flyBeside(Harm harm, Rig rig, Flights flights, Flights.Figures calm)
      throws InterruptedException {
    rig.say(harm.name);
    harm.before.run();
    var on = new AtomicBoolean(true);
    var answers = new Answers();
    var going = CompletableFuture.runAsync(() -> go(harm, on, answers));
    try {
      var onset = rig.seconds(5, 2);
      var figures = new ArrayList<Figure>();
      figures.addAll(
          figures(
              "%s: the first %d s".formatted(harm.name, onset.toSeconds()),
              fly(rig, flights, BYSTANDERS_PER_SECOND, onset),
              calm));
      figures.addAll(
          figures(harm.name, fly(rig, flights, BYSTANDERS_PER_SECOND, rig.seconds(20, 4)), calm));
      return figures;
    } finally {
      on.set(false);
      going.join();
      remarks.add(harm.name + ": " + answers);
    }
  }

  private static void go(Harm harm, AtomicBoolean on, Answers answers) {
    harm.first.run();
    new OpenLoop(
            harm.target.server(),
            number -> harm.target.post("/v1/track", harm.events.apply(number)),
            (_, _, answer) -> answers.count(answer))
        .run(0, harm.perSecond, _ -> on.get());
  }

  private List<Figure> figures(String harm, Flights.Figures flown, Flights.Figures calm) {
    if (flown.arrived() < flown.sent()) {
      remarks.add(
          "%s: %,d of the bystanders' %,d events were accepted, and %,d webhooks arrived"
              .formatted(harm, flown.accepted(), flown.sent(), flown.arrived()));
    }
    return List.of(
        figure(harm + ": answer p99", flown.answer(), calm.answer()),
        figure(harm + ": webhook p99", flown.arrival(), calm.arrival()));
  }

  private static Figure figure(String name, Spread harmed, Spread calm) {
    return Figure.of(name, harmed.millis(0.99), "ms")
        .beside("nothing bad", calm.millis(0.99))
        .aimedAt(new Goal.RatioAtMost(2));
  }

  private static Harm poison(Rig rig) {
    return new Harm(
        "%,d bad records in the log at once, then %d poison events/s"
            .formatted(BAD_RECORDS, POISON_PER_SECOND),
        () -> {},
        () -> rig.log().write("events", badRecords(rig.run())),
        rig.target(),
        POISON_PER_SECOND,
        number -> "{\"type\":\"track\",\"messageId\":\"%s-bad-%d\"}".formatted(rig.run(), number));
  }

  private static Map<String, byte @Nullable []> badRecords(String run) {
    var records = new LinkedHashMap<String, byte @Nullable []>();
    var values = BadRecords.values();
    for (int number = 0; number < BAD_RECORDS; number++) {
      records.put("default|u:%s-bad-%d".formatted(run, number), values.get(number % values.size()));
    }
    return records;
  }

  private static Harm hotUser(Rig rig) {
    return new Harm(
        "one user with %d events/s".formatted(HOT_PER_SECOND),
        () -> {},
        () -> {},
        rig.target(),
        HOT_PER_SECOND,
        number -> Events.track(Events.PASSED, rig.run() + "-hot-" + number, rig.run() + "-hot"));
  }

  private static Harm hanging(Rig rig) {
    return new Harm(
        "a destination that hangs, %d messages/s to it".formatted(HANGING_PER_SECOND),
        () -> {},
        () -> {},
        rig.target(),
        HANGING_PER_SECOND,
        number -> {
          var id = rig.run() + "-hanging-" + number;
          return Events.track(Events.HANGING, id, id);
        });
  }

  private static Harm dead(Rig rig) {
    int queued = rig.either(50_000, 1_000);
    var event = Events.track(Events.DEAD, rig.run() + "-dead-" + Stamp.NUMBER, "d-" + Stamp.USER);
    return new Harm(
        "%,d messages queued for a destination that is not there, %d more a second"
            .formatted(queued, HANGING_PER_SECOND),
        () -> rig.decideAll(rig.batch(event, queued), queued),
        () -> {},
        rig.target(),
        HANGING_PER_SECOND,
        number -> {
          var id = rig.run() + "-dead-again-" + number;
          return Events.track(Events.DEAD, id, id);
        });
  }

  private static Harm noisyWorkspace(Rig rig) throws InterruptedException {
    var noisy = Stranger.settle(rig.log(), rig.target().server(), rig.run());
    return new Harm(
        "another workspace at %d times its quota".formatted(TIMES_THE_QUOTA),
        () -> {},
        () -> {},
        noisy,
        QUOTA_PER_SECOND * TIMES_THE_QUOTA,
        number -> Events.track(Events.PASSED, rig.run() + "-noisy-" + number, "noisy-" + number));
  }

  /** How the bad ones were answered. */
  private static final class Answers {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder tooMany = new LongAdder();
    private final LongAdder others = new LongAdder();

    void count(Answer answer) {
      if (answer.accepted()) {
        accepted.increment();
      } else if (answer instanceof Answer.Status(var code) && code == 429) {
        tooMany.increment();
      } else {
        others.increment();
      }
    }

    @Override
    public String toString() {
      return "%,d were answered with 2xx, %,d with 429, %,d otherwise"
          .formatted(accepted.sum(), tooMany.sum(), others.sum());
    }
  }
}

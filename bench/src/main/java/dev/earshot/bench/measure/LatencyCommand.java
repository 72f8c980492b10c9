package dev.earshot.bench.measure;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.Command;
import dev.earshot.bench.command.Option;
import dev.earshot.bench.load.Flights;
import dev.earshot.bench.load.OpenLoop;
import dev.earshot.bench.server.Api;
import dev.earshot.bench.server.Target;
import dev.earshot.bench.sink.Sink;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** How long it takes from an event received to its webhook arriving. */
public final class LatencyCommand implements Command {

  private static final Option RATES =
      new Option("rates", "100,1000", "events a second, one measurement each");
  private static final Option SECONDS = new Option("seconds", "20", "how long each one lasts");

  private static final Option WARM_UP =
      new Option("warm-up", "8", "seconds at 300 events a second before that");

  private static final int WARM_UP_PER_SECOND = 300;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String summary() {
    return "event received -> webhook arriving; the server needs webhook.allow-private 127.0.0.0/8";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.SERVER, Option.DATA_DIR, Option.KEY, Option.ADMIN_KEY, RATES, SECONDS, WARM_UP);
  }

  @Override
  public boolean run(Arguments arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    var target = Target.of(arguments);
    var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    var flights = new Flights(run);
    try (var api = new Api(target);
        var sink = Sink.start(flights::arrived)) {
      api.apply(Definitions.webhookFor(sink.url(), run));
      measure(target, flights, WARM_UP_PER_SECOND, arguments.seconds(WARM_UP));
      boolean allArrived = true;
      for (int rate : arguments.numbers(RATES)) {
        var figures = measure(target, flights, rate, arguments.seconds(SECONDS));
        out.print(figures.report(rate));
        allArrived &= figures.arrived() == figures.accepted();
      }
      return allArrived;
    }
  }

  static Flights.Figures measure(Target target, Flights flights, int perSecond, Duration duration)
      throws InterruptedException {
    int count = Math.toIntExact(perSecond * duration.toSeconds());
    long first = flights.begin(count);
    new OpenLoop(
            target.server(),
            number -> target.post("/v1/track", flights.event(number)),
            flights::answered)
        .run(first, perSecond, number -> number < first + count);
    return flights.end();
  }
}

package dev.earshot.bench.measure;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.command.Command;
import dev.earshot.bench.command.Option;
import dev.earshot.bench.load.ClosedLoop;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Rate;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.server.Api;
import dev.earshot.bench.server.Target;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** How many events a second are accepted, beside what the broker takes when asked directly. */
public final class ThroughputCommand implements Command {

  private static final Option CONNECTIONS =
      new Option("connections", "64", "connections that send single events");
  private static final Option BATCH_CONNECTIONS =
      new Option("batch-connections", "8", "connections that send batches");
  private static final Option BATCH = new Option("batch", "100", "events in a batch");
  private static final Option WARM_UP =
      new Option("warm-up", "8", "seconds before each measurement");
  private static final Option SECONDS = new Option("seconds", "15", "how long each one lasts");
  private static final Option KAFKA =
      new Option("kafka", "", "HOST:PORT of the broker, when the server's status does not tell");

  private static final Pattern ADDRESS = Pattern.compile("[\\w.-]+:\\d{2,5}");
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 200;

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String summary() {
    return "accepted events a second, single and batched, beside the raw Kafka producer";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.SERVER,
        Option.DATA_DIR,
        Option.KEY,
        Option.ADMIN_KEY,
        CONNECTIONS,
        BATCH_CONNECTIONS,
        BATCH,
        WARM_UP,
        SECONDS,
        KAFKA);
  }

  @Override
  public boolean run(Arguments arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    var target = Target.of(arguments);
    var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    var event = Events.counted(run);
    var numbers = new AtomicLong();
    try (var api = new Api(target)) {
      var broker = broker(arguments, api.status());
      var single = Stamp.of(target.post("/v1/track", event));
      var singles = measure(arguments, target, single, numbers, arguments.number(CONNECTIONS));
      var batch = Events.batch(event, arguments.number(BATCH));
      var batched = Stamp.of(target.post("/v1/batch", batch));
      var batches =
          measure(arguments, target, batched, numbers, arguments.number(BATCH_CONNECTIONS));
      var caughtUp = catchUp(api);
      var raw =
          RawProducer.at(broker, password(arguments), run)
              .run(
                  Stamp.of(Events.bytes(event)),
                  arguments.seconds(WARM_UP),
                  arguments.seconds(SECONDS));
      out.printf("one event is %,d bytes%n", event.length());
      out.print(singles.report("single events, " + connections(arguments, CONNECTIONS), raw));
      out.print(
          batches.report(
              "batches of %s, %s"
                  .formatted(arguments.text(BATCH), connections(arguments, BATCH_CONNECTIONS)),
              raw));
      out.print(raw.report("raw Kafka producer, same bytes", raw));
      out.printf(
          "after %,d events the decisions were %.1f s behind%n",
          numbers.get(), caughtUp.toMillis() / 1e3);
    }
    return true;
  }

  private static Rate measure(
      Arguments arguments, Target target, Stamp request, AtomicLong numbers, int connections) {
    return new ClosedLoop(target.server(), request, numbers)
        .run(connections, arguments.seconds(WARM_UP), arguments.seconds(SECONDS));
  }

  /** Waits until everything accepted was decided on, so that the broker is idle again. */
  private static Duration catchUp(Api api) throws InterruptedException {
    long start = System.nanoTime();
    while (api.left().undecided() > 0) {
      if (System.nanoTime() - start > CATCH_UP_MAX.toNanos()) {
        throw new BenchFailure("The server has not caught up within " + CATCH_UP_MAX + ".");
      }
      Thread.sleep(POLL_MILLIS);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String broker(Arguments arguments, Fields status) {
    var said = arguments.text(KAFKA);
    var address = ADDRESS.matcher(said.isEmpty() ? status.get("broker").shown() : said);
    if (address.find()) {
      return address.group();
    }
    throw new BenchFailure("Where does the broker listen? Say --kafka HOST:PORT.");
  }

  private static String password(Arguments arguments) {
    Path file = arguments.path(Option.DATA_DIR).resolve("secrets").resolve("broker-password");
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new BenchFailure("The broker's password in " + file + " cannot be read.", e);
    }
  }

  private static String connections(Arguments arguments, Option option) {
    return arguments.text(option) + " connections";
  }
}

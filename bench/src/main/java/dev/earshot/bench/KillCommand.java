package dev.earshot.bench;

import dev.earshot.bench.Checker.Tally;
import dev.earshot.bench.Ledger.Fate;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Kills the server again and again under load, and counts what was lost and what came twice. */
final class KillCommand implements Command {

  private static final Option EARSHOT =
      new Option(
          "earshot",
          System.getProperty("earshot.launcher", "./earshot"),
          "the launcher of the server to kill");
  private static final Option FOLDER =
      new Option("folder", "", "where server, log and ledger keep their files (a temporary one)");
  private static final Option TIMES = new Option("times", "20", "how often to kill it");
  private static final Option RATE = new Option("rate", "500", "events a second");
  private static final Option ALIVE =
      new Option("alive-ms", "5000", "how long it lives after it is ready, at most");
  private static final Option QUIET =
      new Option("quiet", "10", "seconds without a webhook after which none is waited for");
  private static final Option SEED = new Option("seed", "1", "draws the moments of the kills");

  /** Every so many events one fires a webhook. */
  private static final int FIRES_EVERY = 5;

  private static final int USERS = 1000;

  /** The shortest life is that part of the longest. */
  private static final int ALIVE_SHORTEST = 5;

  private static final int RESENDS_MAX = 3;
  private static final int RESENDS_PER_SECOND = 2000;
  private static final Duration QUIET_WITHIN = Duration.ofMinutes(3);

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String summary() {
    return "kill -9 under load: starts a server of its own, and counts what was lost or came twice";
  }

  @Override
  public List<Option> options() {
    return List.of(EARSHOT, FOLDER, TIMES, RATE, ALIVE, QUIET, SEED);
  }

  @Override
  public boolean run(Arguments arguments, PrintStream out) throws InterruptedException {
    var folder = folder(arguments);
    out.println("files in " + folder);
    var data = folder.resolve("data");
    var server = ServerProcess.start(arguments.path(EARSHOT), data, folder.resolve("server.log"));
    try {
      server.awaitReady();
      var target = Target.of(server.url(), data);
      var verdict = new Trial(arguments, out, folder, server, target).run();
      out.print(verdict.report());
      return verdict.holds();
    } finally {
      server.kill();
    }
  }

  private static Path folder(Arguments arguments) {
    try {
      return arguments.text(FOLDER).isEmpty()
          ? Files.createTempDirectory("earshot-kill-")
          : Files.createDirectories(arguments.path(FOLDER));
    } catch (IOException e) {
      throw new BenchFailure("There is no folder to work in.", e);
    }
  }

  private static final class Trial {
    private final Arguments arguments;
    private final PrintStream out;
    private final Path folder;
    private final ServerProcess server;
    private final Target target;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final String mark = "kill-" + run + "-";
    private final Tally<String> webhooks = new Tally<>();
    private final AtomicLong lastWebhook = new AtomicLong(System.nanoTime());

    Trial(Arguments arguments, PrintStream out, Path folder, ServerProcess server, Target target) {
      this.arguments = arguments;
      this.out = out;
      this.folder = folder;
      this.server = server;
      this.target = target;
    }

    Checker run() throws InterruptedException {
      try (var api = new Api(target);
          var sink = Sink.start(this::arrived)) {
        api.apply(Definitions.webhookFor(sink.url(), run));
        var fates = loadAndKill();
        awaitQuiet();
        return check(api, fates);
      }
    }

    private Map<Long, Fate> loadAndKill() throws InterruptedException {
      var ledger = Ledger.create(folder.resolve(mark + "ledger"));
      var over = new AtomicBoolean();
      var load =
          Thread.ofPlatform()
              .name("load")
              .start(() -> load(ledger).run(1, arguments.number(RATE), _ -> !over.get()));
      killAll();
      over.set(true);
      load.join();
      var fates = ledger.seal();
      out.printf(
          "under load: %,d acknowledged, %,d refused, %,d unknown%n",
          count(fates, Fate.ACKNOWLEDGED), count(fates, Fate.REFUSED), count(fates, Fate.UNKNOWN));
      return resend(fates);
    }

    private static long count(Map<Long, Fate> fates, Fate fate) {
      return fates.values().stream().filter(fate::equals).count();
    }

    private OpenLoop load(Ledger ledger) {
      return new OpenLoop(
          target.server(), this::request, (number, _, answer) -> ledger.note(number, answer));
    }

    private void killAll() throws InterruptedException {
      var random = new Random(arguments.number(SEED));
      int longest = arguments.number(ALIVE);
      List<Long> restarts = new ArrayList<>();
      for (int kill = 1; kill <= arguments.number(TIMES); kill++) {
        Thread.sleep(random.nextInt(longest / ALIVE_SHORTEST, longest + 1));
        server.kill();
        server.restart();
        long millis = server.awaitReady().toMillis();
        restarts.add(millis * 1_000_000);
        out.printf("kill %d: ready again after %.1f s%n", kill, millis / 1e3);
      }
      var spread = Spread.of(restarts.stream().mapToLong(Long::longValue).toArray());
      out.println("kill -9 -> ready   " + spread);
    }

    /** Sends again what was not acknowledged, under the same ids, as every good client does. */
    private Map<Long, Fate> resend(Map<Long, Fate> fates) throws InterruptedException {
      for (int round = 1; round <= RESENDS_MAX; round++) {
        var open = open(fates);
        if (open.isEmpty()) {
          return fates;
        }
        var ledger = Ledger.create(folder.resolve(mark + "ledger-" + round));
        new OpenLoop(
                target.server(),
                index -> request(open.get((int) index)),
                (index, _, answer) -> ledger.note(open.get((int) index), answer))
            .run(0, RESENDS_PER_SECOND, index -> index < open.size());
        fates.putAll(ledger.seal());
        out.printf("%,d sent again%n", open.size());
      }
      return fates;
    }

    private static List<Long> open(Map<Long, Fate> fates) {
      return fates.entrySet().stream()
          .filter(event -> event.getValue() != Fate.ACKNOWLEDGED)
          .map(Map.Entry::getKey)
          .toList();
    }

    private byte[] request(long number) {
      var name = number % FIRES_EVERY == 0 ? Events.FIRED : Events.PASSED;
      return target.post(
          "/v1/track", Events.track(name, mark + number, "kill-user-" + number % USERS));
    }

    private void arrived(long nanos, Wire.Message webhook) {
      webhooks.add(webhook.header("webhook-id").orElse("none"));
      lastWebhook.accumulateAndGet(nanos, Math::max);
    }

    private void awaitQuiet() throws InterruptedException {
      long quiet = arguments.seconds(QUIET).toNanos();
      long start = System.nanoTime();
      lastWebhook.accumulateAndGet(start, Math::max);
      while (System.nanoTime() - lastWebhook.get() < quiet
          && System.nanoTime() - start < QUIET_WITHIN.toNanos()) {
        Thread.sleep(100);
      }
    }

    private Checker check(Api api, Map<Long, Fate> fates) {
      var facts = new Tally<Long>();
      api.facts(line -> {
        if (line.contains(mark)) {
          note(line, facts);
        }
      });
      var counts = facts.counts();
      long fired = counts.keySet().stream().filter(number -> number % FIRES_EVERY == 0).count();
      return new Checker(fates, counts, fired, webhooks.counts());
    }

    /** Only events that were heard count here: what came of them may well name them again. */
    private void note(String line, Tally<Long> facts) {
      var entry = Json.parseFields(Events.bytes(line));
      if (entry.get("kind").shown().equals("heard")
          && entry.at("value.event") instanceof Fields event
          && event.get("id").shown().startsWith(mark)) {
        facts.add(Long.parseLong(event.get("id").shown().substring(mark.length())));
      }
    }
  }
}

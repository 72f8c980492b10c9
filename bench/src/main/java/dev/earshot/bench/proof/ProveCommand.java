package dev.earshot.bench.proof;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.command.Command;
import dev.earshot.bench.command.Option;
import dev.earshot.bench.fault.AgentJar;
import dev.earshot.bench.fault.KillAgent;
import dev.earshot.bench.server.ServerProcess;
import dev.earshot.bench.server.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Loads a server, kills it, does it harm, and checks what it promises. */
public final class ProveCommand implements Command {

  private static final Option QUICK = Option.flag("quick", "the short form, of a few minutes");
  private static final Option KILLS =
      new Option("kills", "", "how often to kill it (20; quick: 4)");
  private static final Option MINUTES =
      new Option("minutes", "", "how long to load it, at least (5; quick: until it was killed)");
  private static final Option RATE = new Option("rate", "", "events a second (200; quick: 50)");
  private static final Option PHASE =
      new Option("phase", "", "seconds of each mode (10; quick: 2)");
  private static final Option MODES =
      new Option("modes", words(), "what the load is like, one phase after another");
  private static final Option SEED =
      new Option("seed", "", "draws the events and the kills; it is printed, to be given again");
  private static final Option ALIVE =
      new Option("alive-ms", "5000", "how long it lives after it is ready, at most");
  private static final Option WAIT =
      new Option("wait", "900", "seconds in which it must end what it has taken on");
  private static final Option PATIENCE =
      new Option("patience", "30", "seconds without any arrival after which none is waited for");
  private static final Option JSON = Option.flag("json", "the verdict as JSON");
  private static final Option EARSHOT =
      new Option(
          "earshot",
          System.getProperty("earshot.launcher", "./earshot"),
          "the launcher of the server to kill");
  private static final Option FOLDER =
      new Option("folder", "", "where server, log and ledger keep their files (a temporary one)");
  private static final Option SERVER =
      new Option("server", "", "a server that runs, instead of one of its own: it is not killed");

  @Override
  public String name() {
    return "prove";
  }

  @Override
  public String summary() {
    return "loads a server, kills it again and again, and checks what it promises";
  }

  @Override
  public String explanation() {
    return """
    It starts a server in a folder of its own and sends it events, each with a number. It keeps
    what was answered, ends the server at any moment and at points on the way of an event, writes
    bad records into its log, and gives it destinations that fail in every way. When the server has
    ended all it took on, it compares what was promised with the facts, the quarantine and the
    messages that arrived. The exit code is 1 when a check found something. docs/proof.md tells
    what each check means.

      ./earshot prove --quick
      ./earshot prove --kills 300 --minutes 60
      ./earshot prove --quick --seed 42 --modes steady,resend
      ./earshot prove --server http://127.0.0.1:8080 --data-dir data

    The modes:
    """
        + Arrays.stream(Mode.values())
            .map(mode -> "  %-14s %s%n".formatted(mode.word(), mode.summary()))
            .collect(Collectors.joining());
  }

  @Override
  public List<Option> options() {
    return List.of(
        QUICK,
        KILLS,
        MINUTES,
        RATE,
        PHASE,
        MODES,
        SEED,
        ALIVE,
        WAIT,
        PATIENCE,
        JSON,
        EARSHOT,
        FOLDER,
        SERVER,
        Option.DATA_DIR,
        Option.KEY,
        Option.ADMIN_KEY);
  }

  @Override
  public boolean run(Arguments arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    long now = System.currentTimeMillis();
    long seed = arguments.has(SEED) ? arguments.number(SEED) : now % 1_000_000;
    var run = Long.toString(now, Character.MAX_RADIX);
    err.printf("proof %s, seed %d%n", run, seed);
    var verdict =
        arguments.has(SERVER)
            ? proveRunning(arguments, run, seed, err)
            : proveOwn(arguments, run, seed, err);
    out.print(arguments.says(JSON) ? verdict.json() + "\n" : verdict.table());
    return verdict.holds();
  }

  /** Its log is not ours to write to, and its mail server takes mail in earnest. */
  private static Verdict proveRunning(Arguments arguments, String run, long seed, PrintStream err)
      throws InterruptedException {
    var home = Target.of(arguments, URI.create(arguments.text(SERVER)));
    var load = new Load(run, seed, Destination.webhooks());
    err.println("left out: kills, mail, bad records in the log, another workspace");
    var modes = modes(arguments).stream().filter(mode -> mode != Mode.HOT_WORKSPACE).toList();
    try (var receiver = new Receiver(load)) {
      var site = new Site(home, Optional.empty(), Optional.empty());
      var plan = plan(arguments, modes);
      return Verdict.of(seed, new Proof(plan, site, load, receiver, folder(arguments), err).run());
    }
  }

  private static Verdict proveOwn(Arguments arguments, String run, long seed, PrintStream err)
      throws InterruptedException {
    var folder = folder(arguments);
    err.println("files in " + folder);
    var load = new Load(run, seed, List.of(Destination.values()));
    try (var receiver = new Receiver(load)) {
      var data = folder.resolve("data");
      var server =
          ServerProcess.start(
              arguments.path(EARSHOT), data, folder.resolve("server.log"), settings(receiver));
      try {
        server.awaitReady();
        var site = site(arguments, server, data, seed, err);
        var plan = plan(arguments, modes(arguments));
        var verdict = Verdict.of(seed, new Proof(plan, site, load, receiver, folder, err).run());
        site.killer().ifPresent(killer -> err.println("start -> ready   " + killer.restarts()));
        return verdict;
      } finally {
        server.kill();
      }
    }
  }

  private static Site site(
      Arguments arguments, ServerProcess server, Path data, long seed, PrintStream err) {
    var agent = data.resolveSibling("kill-agent.jar");
    AgentJar.write(agent, KillAgent.class);
    var alive = Duration.ofMillis(arguments.number(ALIVE));
    return new Site(
        Target.of(server.url(), data),
        Optional.of(data.resolve("kafka-client.properties")),
        kills(arguments) == 0
            ? Optional.empty()
            : Optional.of(new Killer(server, agent, alive, seed, err)));
  }

  private static Map<String, String> settings(Receiver receiver) {
    var settings = new HashMap<String, String>();
    settings.put("EARSHOT_SMTP_HOST", "127.0.0.1");
    settings.put("EARSHOT_SMTP_PORT", Integer.toString(receiver.mailPort()));
    settings.put("EARSHOT_SMTP_TLS", "none");
    return settings;
  }

  private static Plan plan(Arguments arguments, List<Mode> modes) {
    return new Plan(
        modes,
        said(arguments, PHASE, 10, 2),
        said(arguments, RATE, 200, 50),
        Duration.ofMinutes(said(arguments, MINUTES, 5, 0)),
        kills(arguments),
        arguments.seconds(WAIT),
        arguments.seconds(PATIENCE));
  }

  private static int kills(Arguments arguments) {
    return said(arguments, KILLS, 20, 4);
  }

  private static int said(Arguments arguments, Option option, int standard, int quick) {
    if (arguments.has(option)) {
      return arguments.count(option);
    }
    return arguments.says(QUICK) ? quick : standard;
  }

  private static List<Mode> modes(Arguments arguments) {
    return Arrays.stream(arguments.text(MODES).split(",", -1))
        .map(word ->
            Mode.of(word.strip())
                .orElseThrow(() ->
                    new BenchFailure("There is no mode " + word + "; there are " + words() + ".")))
        .toList();
  }

  private static String words() {
    return Arrays.stream(Mode.values()).map(Mode::word).collect(Collectors.joining(","));
  }

  private static Path folder(Arguments arguments) {
    try {
      return arguments.has(FOLDER)
          ? Files.createDirectories(arguments.path(FOLDER))
          : Files.createTempDirectory("earshot-prove-");
    } catch (IOException e) {
      throw new BenchFailure("There is no folder to work in.", e);
    }
  }
}

package dev.earshot.app;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.app.configuration.Configuration.Logging;
import dev.earshot.stream.node.StreamNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the server in the foreground. */
@Command(
    name = "up",
    description = {
      "Starts everything in this process, in the foreground, and prints 'ready URL' when it serves.",
      "Ctrl-C or SIGTERM ends it; nothing that was acknowledged is lost."
    },
    footer = {
      "",
      "Every setting is in docs/reference/configuration.md; each is also an environment variable:",
      "  EARSHOT_SMTP_HOST=mail.example ./earshot up --set log.format=json"
    },
    sortOptions = false)
final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port; 0 takes a free one. Default: 8080.")
  private @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on. Default: 127.0.0.1.")
  private @Nullable String host;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ./data.")
  private @Nullable String dataDirectory;

  @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with settings.")
  private @Nullable Path file;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--accept-loss",
      description = {
        "Start although the log has lost something: what is damaged is left out, for good.",
        "Only after a start said so; docs/durability.md tells what follows."
      })
  private boolean acceptLoss;

  /** How the log is written already, while the settings are read. */
  private final CompletableFuture<Optional<Logging>> logs;

  UpCommand() {
    this(CompletableFuture.completedFuture(Optional.empty()));
  }

  private UpCommand(CompletableFuture<Optional<Logging>> logs) {
    this.logs = logs;
  }

  /** One for which what every start needs is made ready, while it is still read what is wanted. */
  static UpCommand warmedUpMeanwhile() {
    Executor meanwhile = task -> Thread.ofPlatform().daemon().name("warming-up").start(task);
    var logs = CompletableFuture.supplyAsync(UpCommand::usualLogs, meanwhile);
    var _ = logs.thenRunAsync(StreamNode::warmUp, meanwhile);
    return new UpCommand(logs);
  }

  private static Optional<Logging> usualLogs() {
    var usual = Configuration.read(Optional.empty(), Map.of(), Map.of()).logging();
    Logs.begin(usual);
    return Optional.of(usual);
  }

  @Override
  public Integer call() throws Exception {
    var configuration = begin(System.getenv());
    var life = new Life();
    life.begin();
    var greeting = start(configuration, life);
    if (life.failsWithin(Duration.ZERO)) {
      return life.awaitFailure();
    }
    life.started();
    System.out.print(greeting.text());
    System.out.flush();
    return life.awaitFailure();
  }

  /** Returns the settings. From here on the log is written as they say. */
  Configuration begin(Map<String, String> environment) {
    var configuration = configuration(environment);
    var wanted = configuration.logging();
    if (logs.join().filter(wanted::isLike).isEmpty()) {
      Logs.begin(wanted);
    }
    return configuration;
  }

  /** What is no exception would end this thread only, and leave the others waiting for it. */
  private Greeting start(Configuration configuration, Life life) throws InterruptedException {
    try {
      return new Main(configuration, life).start(acceptLoss);
    } catch (Error e) {
      throw life.notStarted(new IllegalStateException("The start failed.", e));
    } catch (RuntimeException e) {
      throw life.notStarted(e);
    } catch (InterruptedException e) {
      throw life.notStarted(e);
    }
  }

  private Configuration configuration(Map<String, String> environment) {
    var commandLine = new LinkedHashMap<>(settings);
    put(commandLine, "port", port);
    put(commandLine, "host", host);
    put(commandLine, "data-dir", dataDirectory);
    var path = Optional.ofNullable(file).or(() -> variable(environment, "EARSHOT_CONFIG"));
    return Configuration.read(path, environment, commandLine);
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank()).map(Path::of);
  }

  private static void put(Map<String, String> settings, String name, @Nullable String text) {
    if (text != null) {
      settings.put(name, text);
    }
  }
}

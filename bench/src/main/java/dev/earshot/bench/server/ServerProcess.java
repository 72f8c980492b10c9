package dev.earshot.bench.server;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.earshot.bench.command.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of our own, which is there to be killed. Its words go into a file. */
public final class ServerProcess {

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration LOAD_EVERY = Duration.ofMillis(50);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Path launcher;
  private final Path dataDirectory;
  private final Path log;
  private final Map<String, String> settings;
  private final int port = freePort();
  private volatile Process process;
  private CountDownLatch ready = new CountDownLatch(1);

  private ServerProcess(Path launcher, Path dataDirectory, Path log, Map<String, String> settings) {
    this.launcher = launcher;
    this.dataDirectory = dataDirectory;
    this.log = log;
    this.settings = Map.copyOf(settings);
    process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroy, "no-server-is-left"));
  }

  /**
   * @param settings as environment variables
   */
  public static ServerProcess start(
      Path launcher, Path dataDirectory, Path log, Map<String, String> settings) {
    return new ServerProcess(launcher, dataDirectory, log, settings);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Waits until it says that it is ready; returns how long that took. */
  public Duration awaitReady() throws InterruptedException {
    long start = System.nanoTime();
    if (!becomesReady()) {
      throw new BenchFailure("The server did not become ready; " + log + " says why.");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Waits until it is ready or has ended; returns whether it is ready. */
  public boolean becomesReady() throws InterruptedException {
    long start = System.nanoTime();
    while (!ready.await(100, TimeUnit.MILLISECONDS)) {
      if (!process.isAlive() || System.nanoTime() - start > READY_WITHIN.toNanos()) {
        return false;
      }
    }
    return true;
  }

  private boolean isReady() {
    return ready.getCount() == 0;
  }

  /** The end without a warning: kill -9, for it and for all it started. */
  public void kill() throws InterruptedException {
    destroy();
    process.waitFor();
  }

  /** The end that it is asked for, so that it closes its files. */
  public void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** The memory that it has of the machine, in bytes; not a number where nobody tells. */
  public double residentBytes() throws InterruptedException {
    try {
      var asked =
          new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
      var kilobytes = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      asked.waitFor();
      return Long.parseLong(kilobytes.strip()) * 1024.0;
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void destroy() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Whether it ends by itself within that time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  public void restart() {
    ready = new CountDownLatch(1);
    process = launch();
  }

  /** Loads an agent into it as soon as it is a java that can; not into one that has ended. */
  public void load(Path agent, String argument) throws InterruptedException {
    while (process.isAlive() && !loaded(agent, argument)) {
      Thread.sleep(LOAD_EVERY);
    }
  }

  private boolean loaded(Path agent, String argument) throws InterruptedException {
    try {
      var machine = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        machine.loadAgent(agent.toAbsolutePath().toString(), argument);
      } finally {
        machine.detach();
      }
      return true;
    } catch (AttachNotSupportedException | IOException e) {
      // It is not java yet, or no more.
      return false;
    } catch (AgentLoadException | AgentInitializationException e) {
      if (!isReady()) {
        // A java that links its cache can be talked to and takes no agent yet.
        return false;
      }
      if (endsWithin(ANSWER_WITHIN)) {
        // The agent ended it before it could answer.
        return true;
      }
      throw new BenchFailure(
          "The server does not take the agent " + agent + ": " + e.getMessage(), e);
    }
  }

  private Process launch() {
    var command =
        List.of(
            launcher.toAbsolutePath().toString(),
            "up",
            "--data-dir",
            dataDirectory.toAbsolutePath().toString(),
            "--port",
            Integer.toString(port));
    // What java leaves of an agent that was never loaded lies where it was started.
    var builder =
        new ProcessBuilder(command)
            .directory(log.toAbsolutePath().resolveSibling("").toFile())
            .redirectErrorStream(true);
    builder.environment().put("EARSHOT_WEBHOOK_ALLOW_PRIVATE", "127.0.0.0/8");
    builder.environment().putAll(settings);
    try {
      var launched = builder.start();
      var signal = ready;
      // To read a pipe holds the thread that carries a virtual one: two servers could take all
      // there
      // are, and nobody would send any more.
      Thread.ofPlatform().daemon().name("server-log").start(() -> listen(launched, signal));
      return launched;
    } catch (IOException e) {
      throw new BenchFailure("The server cannot be started by " + launcher + ".", e);
    }
  }

  private void listen(Process launched, CountDownLatch signal) {
    try (var lines = launched.inputReader(StandardCharsets.UTF_8);
        var kept =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.write(line);
        kept.newLine();
        kept.flush();
        if (line.startsWith("ready ")) {
          signal.countDown();
        }
      }
    } catch (IOException e) {
      // The pipe breaks when the server is killed: nothing more to hear.
    }
  }

  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.earshot.bench.measure;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.ClosedLoop;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Rate;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.server.Api;
import dev.earshot.bench.server.RawLog;
import dev.earshot.bench.server.ServerProcess;
import dev.earshot.bench.server.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What measurements share: a server of our own, and how much time there is. */
final class Rig implements AutoCloseable {

  /** So many that the processors are what limits, not the way there and back. */
  static final int CONNECTIONS = 32;

  private static final int BATCH = 100;
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(10);
  private static final Duration SAID_EVERY = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 100;

  private final Path launcher;
  private final Path folder;
  private final boolean quick;
  private final PrintStream progress;
  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final AtomicLong numbers = new AtomicLong();
  private final ServerProcess server;
  private final Target target;
  private final Api api;

  private Rig(
      Path launcher, Path folder, Map<String, String> settings, boolean quick, PrintStream progress)
      throws InterruptedException {
    this.launcher = launcher;
    this.folder = folder;
    this.quick = quick;
    this.progress = progress;
    server = ServerProcess.start(launcher, data(), folder.resolve("server.log"), settings);
    server.awaitReady();
    target = Target.of(server.url(), data());
    api = new Api(target);
  }

  /** Starts a server in a folder of its own. */
  static Rig start(Path launcher, Path folder, boolean quick, PrintStream progress)
      throws InterruptedException {
    return start(launcher, folder, Map.of(), quick, progress);
  }

  private static Rig start(
      Path launcher, Path folder, Map<String, String> settings, boolean quick, PrintStream progress)
      throws InterruptedException {
    try {
      return new Rig(launcher, Files.createDirectories(folder), settings, quick, progress);
    } catch (IOException e) {
      throw new BenchFailure("There is no folder to work in.", e);
    }
  }

  /** Another server, which has seen nothing yet. */
  Rig another(String name) throws InterruptedException {
    return another(name, Map.of());
  }

  /**
   * @param settings as environment variables
   */
  Rig another(String name, Map<String, String> settings) throws InterruptedException {
    return start(launcher, folder.resolve(name), settings, quick, progress);
  }

  /** Another server that only accepts, as one does where other nodes decide. */
  Rig gateway(String name) throws InterruptedException {
    return another(name, Map.of("EARSHOT_ROLES", "gateway"));
  }

  Target target() {
    return target;
  }

  Api api() {
    return api;
  }

  ServerProcess server() {
    return server;
  }

  /** Where the server keeps its files. */
  Path data() {
    return folder.resolve("data");
  }

  /** Where a measurement may keep its own. */
  Path folder() {
    return folder;
  }

  /** What tells this run from all others that a server has seen. */
  String run() {
    return run;
  }

  RawLog log() {
    return RawLog.of(data().resolve("kafka-client.properties"));
  }

  /** The one or the other, by how much time there is. */
  <T> T either(T usual, T whenQuick) {
    return quick ? whenQuick : usual;
  }

  Duration seconds(int usual, int whenQuick) {
    return Duration.ofSeconds(either(usual, whenQuick));
  }

  void say(String what) {
    progress.println("  " + what);
  }

  /** A request of many events like this one. */
  Stamp batch(String event) {
    return Stamp.of(batchOf(event));
  }

  /**
   * @param users how many the events are spread over
   */
  Stamp batch(String event, int users) {
    return Stamp.of(batchOf(event), users);
  }

  private byte[] batchOf(String event) {
    return target.post("/v1/batch", Events.batch(event, BATCH));
  }

  /** Sends as fast as the answers come; returns what was accepted a second. */
  Rate accept(Stamp request, int connections, Duration warmUp, Duration duration) {
    return new ClosedLoop(target.server(), request, numbers).run(connections, warmUp, duration);
  }

  Rate accept(Stamp batch, Duration warmUp, Duration duration) {
    return accept(batch, CONNECTIONS, warmUp, duration);
  }

  /** Sends for so long and waits until all is decided on; returns how many a second that were. */
  double decide(Stamp batch, Duration duration) throws InterruptedException {
    long first = numbers.get();
    long start = System.nanoTime();
    long refused = accept(batch, Duration.ZERO, duration).refused();
    settle();
    return (numbers.get() - first - refused) * 1e9 / (System.nanoTime() - start);
  }

  /** Sends so many events, and waits until they are decided on. */
  void decideAll(Stamp batch, long count) throws InterruptedException {
    long refused = new ClosedLoop(target.server(), batch, numbers).send(CONNECTIONS, count);
    if (refused > 0) {
      throw new BenchFailure("%,d of %,d events were refused.".formatted(refused, count));
    }
    settle();
  }

  /** Waits until everything accepted was decided on; returns how many a second that were. */
  double settle() throws InterruptedException {
    long first = undecided();
    long start = System.nanoTime();
    long said = start;
    for (long left = first; left > 0; left = undecided()) {
      long now = System.nanoTime();
      if (now - start > CATCH_UP_MAX.toNanos()) {
        throw new BenchFailure("The server has not caught up within " + CATCH_UP_MAX + ".");
      }
      if (now - said > SAID_EVERY.toNanos()) {
        said = now;
        say("%,d events to decide about".formatted(left));
      }
      Thread.sleep(POLL_MILLIS);
    }
    return first * 1e9 / (System.nanoTime() - start);
  }

  /** How many events are not decided about; asks until the server tells. */
  long undecided() throws InterruptedException {
    long start = System.nanoTime();
    for (long left = api.undecided(); ; left = api.undecided()) {
      if (left >= 0) {
        return left;
      }
      if (System.nanoTime() - start > CATCH_UP_MAX.toNanos()) {
        throw new BenchFailure("The server does not tell its lag.");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() {
    api.close();
    try {
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

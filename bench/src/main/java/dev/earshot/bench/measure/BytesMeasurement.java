package dev.earshot.bench.measure;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What events and users take of the disk and of the memory. */
final class BytesMeasurement implements Measurement {

  private static final int EVENTS_AGAIN = 4;
  private static final double MEGABYTE = 1024.0 * 1024;

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String meaning() {
    return "a server of its own, after one event of each of 100,000 new users (quick: 20,000) and"
        + " again after four more of each; the disk is looked at when it has stopped";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    int users = rig.either(100_000, 20_000);
    try (var own = rig.another("bytes")) {
      var event = Events.track(Events.PASSED, own.run() + "-" + Stamp.NUMBER, "u-" + Stamp.USER);
      var batch = own.batch(event, users);
      double memoryBefore = own.server().residentBytes();
      own.decideAll(batch, users);
      double memory = own.server().residentBytes() - memoryBefore;
      var first = stopped(own);
      own.server().restart();
      own.server().awaitReady();
      own.decideAll(batch, (long) users * EVENTS_AGAIN);
      var second = stopped(own);
      double more = (double) users * EVENTS_AGAIN;
      return List.of(
          Figure.of("log, an event as received", second.minus(first).events / more, "bytes"),
          Figure.of("log, all that follows from it", second.minus(first).derived / more, "bytes"),
          Figure.of("state, a user with one event", first.state / (double) users, "bytes"),
          Figure.of("state, each further event", second.minus(first).state / more, "bytes"),
          Figure.of("memory, by %,d users more".formatted(users), memory / MEGABYTE, "MB"));
    }
  }

  @Override
  public List<String> remarks() {
    return List.of(
        "The log grows with the events that are kept: as received (30 days, if not configured),"
            + " and what follows from them: facts, decisions, the log of the state.",
        "The state grows with users, and with the ids of events for as long as repeats are"
            + " recognised; it is compacted in the background.",
        "All of it is compressed, and the events of this load differ in little: yours take more.",
        "The memory is the growth of the resident set since the start, with heap that is not yet"
            + " collected. The heap is bounded (512 MB, if not configured), and so are the caches"
            + " of the state: users who are not in them are on the disk only.");
  }

  /**
   * @param events the topic of events
   * @param derived the other topics
   */
  private record Disk(long events, long derived, long state) {

    Disk minus(Disk other) {
      return new Disk(events - other.events, derived - other.derived, state - other.state);
    }
  }

  private static Disk stopped(Rig rig) throws InterruptedException {
    rig.server().stop();
    Path logs = rig.data().resolve("kafka");
    Predicate<Path> isEvent = file -> logs.relativize(file).toString().startsWith("events-");
    Predicate<Path> isLog = file -> file.toString().endsWith(".log");
    return new Disk(
        bytes(logs, isLog.and(isEvent)),
        bytes(logs, isLog.and(isEvent.negate())),
        bytes(rig.data().resolve("streams"), _ -> true));
  }

  private static long bytes(Path folder, Predicate<Path> wanted) {
    try (var files = Files.walk(folder)) {
      long bytes = 0;
      for (var file : files.filter(Files::isRegularFile).filter(wanted).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new BenchFailure("The size of " + folder + " cannot be told.", e);
    }
  }
}

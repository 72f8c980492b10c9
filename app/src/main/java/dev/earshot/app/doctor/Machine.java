package dev.earshot.app.doctor;

import dev.earshot.app.cli.ClientOptions;
import dev.earshot.stream.log.Room;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be seen on this machine without asking the server. */
final class Machine {

  private static final long MEGABYTE = 1L << 20;
  private static final int DISK_DOUBTFUL_RESERVES = 4;
  private static final Duration FUTURE_MAX = Duration.ofSeconds(5);
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path directory;
  private final Instant now;

  Machine(Path directory, Instant now) {
    this.directory = directory;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  List<Finding> findings(Optional<Path> cache) throws IOException {
    return List.of(java(), cache(cache), directory(), lock(), disk(), clock(), kafka());
  }

  private static Finding java() {
    return Finding.good(
        "java", "%s in %s".formatted(Runtime.version(), System.getProperty("java.home")));
  }

  private static Finding cache(Optional<Path> cache) {
    if (cache.filter(Files::isRegularFile).isPresent()) {
      return Finding.good("start", "the cache for a fast start is there");
    }
    return Finding.doubtful(
        "start",
        "there is no cache for a fast start",
        "It is made after the first './earshot up', or now by './earshot build'.");
  }

  Finding directory() throws IOException {
    if (!Files.exists(directory)) {
      return Finding.good(
          "data directory",
          directory.toAbsolutePath() + " is not there yet; './earshot up' makes it");
    }
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      return Finding.bad(
          "data directory",
          directory.toAbsolutePath() + " is not a folder this user can write to",
          "Give it to this user, or choose another one with --data-dir.");
    }
    var permissions = Files.getPosixFilePermissions(directory);
    if (!OWNERS.containsAll(permissions)) {
      return Finding.bad(
          "data directory",
          directory.toAbsolutePath() + " is open to other users of this machine",
          "chmod 700 " + directory.toAbsolutePath());
    }
    return Finding.good("data directory", directory.toAbsolutePath() + ", for its owner only");
  }

  Finding lock() throws IOException {
    return Finding.good(
        "lock",
        inUse() ? "a running Earshot has the data directory" : "no Earshot has the data directory");
  }

  /** Whether a process has the data directory; whoever starts has it before anything else. */
  boolean inUse() throws IOException {
    var file = directory.resolve("lock");
    if (!Files.isWritable(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException _) {
      return true;
    }
  }

  private Finding kafka() throws IOException {
    var file = directory.resolve(ClientOptions.KAFKA_FILE).toAbsolutePath();
    return Finding.good(
        "kafka",
        inUse() && Files.isReadable(file)
            ? "other Kafka clients find the log's address and login in " + file
            : "no embedded broker runs; while one does, its address and login are in " + file);
  }

  Finding disk() throws IOException {
    var store = Files.getFileStore(existing());
    long free = store.getUsableSpace();
    return disk(free, store.getTotalSpace());
  }

  /** A server may be told to keep another reserve; it says of itself whether that is touched. */
  static Finding disk(long free, long total) {
    var found =
        "%,d MB are free (%d %%)".formatted(free / MEGABYTE, 100 * free / Math.max(1, total));
    long reserve = Room.standardReserve(total);
    if (free < reserve) {
      return Finding.bad(
          "disk",
          found,
          "Make room: while less than %,d MB are free, nothing is collected, unless disk.reserve says otherwise."
              .formatted(reserve / MEGABYTE));
    }
    if (free < DISK_DOUBTFUL_RESERVES * reserve) {
      return Finding.doubtful("disk", found, "Make room, or move the data directory, in time.");
    }
    return Finding.good("disk", found);
  }

  /** All of time comes from this machine's clock by way of the log, so it must not go back. */
  Finding clock() throws IOException {
    if (now.isBefore(EARLIEST)) {
      return Finding.bad("clock", "it is " + now + " here", "Set the clock; use NTP.");
    }
    var newest = newest();
    if (newest.isAfter(now.plus(FUTURE_MAX))) {
      return Finding.bad(
          "clock",
          "it is %s here, but the data were last written at %s".formatted(now, newest),
          "The clock has gone back. Set it right before you start: timers would wait until then.");
    }
    return Finding.good("clock", "it is " + now + " here");
  }

  private Instant newest() throws IOException {
    var folder = directory.resolve("kafka");
    if (!Files.isReadable(folder)) {
      return Instant.EPOCH;
    }
    try (var files = Files.walk(folder, 2)) {
      return files
          .map(file -> file.toFile().lastModified())
          .max(Long::compare)
          .map(Instant::ofEpochMilli)
          .orElse(Instant.EPOCH);
    }
  }

  private Path existing() {
    var path = directory.toAbsolutePath();
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }
}

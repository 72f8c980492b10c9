package dev.earshot.stream.log;

import dev.earshot.stream.EventLog.NoRoom;
import dev.earshot.stream.cluster.Lookout;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room on the disk of the log. What is kept in reserve is for what follows from all that was
 * accepted before: decisions, attempts, outcomes. While less than that is free, nothing new is
 * taken.
 */
public final class Room implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final long MEGABYTE = 1L << 20;
  private static final long RESERVE_MIN = 512 * MEGABYTE;
  private static final long RESERVE_MAX = 2048 * MEGABYTE;
  private static final int RESERVE_SHARE = 20;

  /** What has to be free beyond the reserve before writes are taken again, so as not to flutter. */
  private static final int MARGIN_SHARE = 16;

  private final LongSupplier freeBytes;
  private final long reserveBytes;
  private final Lookout lookout = new Lookout("earshot-room", LOOK_EVERY, this::look);
  private volatile boolean narrow;

  private Room(LongSupplier freeBytes, long reserveBytes) {
    this.freeBytes = freeBytes;
    this.reserveBytes = reserveBytes;
  }

  /** Looks at once, and several times a second from then on. */
  public static Room watch(LongSupplier freeBytes, long reserveBytes, MeterRegistry metrics) {
    var room = new Room(freeBytes, reserveBytes);
    room.measure(metrics);
    room.look();
    room.lookout.start();
    return room;
  }

  /** The room of a cluster, which is the affair of whoever runs it. */
  public static Room ofCluster() {
    return new Room(() -> Long.MAX_VALUE, 0);
  }

  /**
   * What is kept in reserve on a disk of that size when nobody says otherwise: a twentieth, but no
   * more than it takes to decide about millions of events.
   */
  public static long standardReserve(long totalBytes) {
    return Math.clamp(totalBytes / RESERVE_SHARE, RESERVE_MIN, RESERVE_MAX);
  }

  /** Why nothing new is taken now; empty while it is. Answers at once. */
  public Optional<String> trouble() {
    return narrow
        ? Optional.of("The server's disk is nearly full: somebody has to make room on it.")
        : Optional.empty();
  }

  /** Carries a write out, or fails it with {@link NoRoom}. */
  public CompletableFuture<Void> require(Supplier<CompletableFuture<Void>> write) {
    return trouble()
        .map(reason -> CompletableFuture.<Void>failedFuture(new NoRoom(reason)))
        .orElseGet(write);
  }

  public long reserveBytes() {
    return reserveBytes;
  }

  /** Looks no more. */
  @Override
  public void close() {
    lookout.close();
  }

  private void measure(MeterRegistry metrics) {
    Gauge.builder("earshot.disk.free.bytes", freeBytes, LongSupplier::getAsLong)
        .description("What is free on the disk of the data directory")
        .register(metrics);
    Gauge.builder("earshot.disk.reserve.bytes", this, Room::reserveBytes)
        .description("What has to be free there for anything new to be taken")
        .register(metrics);
  }

  void look() {
    long free = freeBytes.getAsLong();
    boolean before = narrow;
    narrow = free < reserveBytes + (before ? reserveBytes / MARGIN_SHARE : 0);
    if (narrow && !before) {
      LOG.warn(
          "{} MB are free on the disk of the data directory, and {} MB are kept in reserve. Nothing is"
              + " collected until there is room.",
          free / MEGABYTE,
          reserveBytes / MEGABYTE);
    } else if (before && !narrow) {
      LOG.info("{} MB are free on the disk: there is room again.", free / MEGABYTE);
    }
  }
}

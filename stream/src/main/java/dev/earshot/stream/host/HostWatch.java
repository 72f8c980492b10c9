package dev.earshot.stream.host;

import dev.earshot.stream.cluster.Lookout;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the host gets on. One that neither decides nor restores although the log answers is
 * told of every minute, and given up in the end: the process is better started anew than silent.
 */
public final class HostWatch implements AutoCloseable {

  /** Longer than Kafka may let the members of a group wait for each other. */
  static final Duration GIVE_UP_AFTER = Duration.ofMinutes(6);

  static final Duration WARN_EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** What there is to see of a host. */
  interface Watched {

    HostStatus status();

    /** Another number whenever it has got on. */
    long progress();

    /** Where it stands, for an operator. */
    String situation();
  }

  private final Watched host;
  private final Supplier<Optional<String>> logTrouble;
  private final LongSupplier nanoTime;
  private final Consumer<String> onFailure;
  private final Lookout lookout = new Lookout("earshot-host-watch", LOOK_EVERY, this::look);

  // What follows belongs to the watching thread alone.

  private long gotOnAt;
  private long progress;
  private long warnings;

  HostWatch(
      Watched host,
      Supplier<Optional<String>> logTrouble,
      LongSupplier nanoTime,
      Consumer<String> onFailure) {
    this.host = host;
    this.logTrouble = logTrouble;
    this.nanoTime = nanoTime;
    this.onFailure = onFailure;
    gotOnAt = nanoTime.getAsLong();
    progress = host.progress();
  }

  /**
   * Watches from now on.
   *
   * @param logTrouble why the log takes no writes; while it does not, nobody gets on
   * @param onFailure hears why the host is given up
   */
  public static HostWatch start(
      Host host, Supplier<Optional<String>> logTrouble, Consumer<String> onFailure) {
    var watch = new HostWatch(host.watched(), logTrouble, System::nanoTime, onFailure);
    watch.lookout.start();
    return watch;
  }

  @Override
  public void close() {
    lookout.close();
  }

  void look() {
    long now = nanoTime.getAsLong();
    if (getsOn()) {
      gotOnAt = now;
      warnings = 0;
      return;
    }
    var still = Duration.ofNanos(now - gotOnAt);
    if (still.compareTo(GIVE_UP_AFTER) >= 0) {
      lookout.close();
      onFailure.accept(
          "the host has stood still for %d s: %s".formatted(still.toSeconds(), host.situation()));
    } else if (still.dividedBy(WARN_EVERY) > warnings) {
      warnings = still.dividedBy(WARN_EVERY);
      LOG.warn("The host has stood still for {} s: {}", still.toSeconds(), host.situation());
    }
  }

  private boolean getsOn() {
    long before = progress;
    progress = host.progress();
    return switch (host.status()) {
      // One that has failed or is being closed has said so itself.
      case HostStatus.Running _, HostStatus.Failed _, HostStatus.Closed _ -> true;
      case HostStatus.Starting _, HostStatus.Restoring _ ->
          progress != before || logTrouble.get().isPresent();
    };
  }
}

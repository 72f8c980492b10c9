package dev.earshot.stream.host;

import dev.earshot.stream.cluster.Lookout;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether the clock of this machine goes as time does. One that jumps ahead is not trusted for
 * a while; one that goes back ends the process, whose Kafka clients would stand still until the
 * clock is where it was.
 */
public final class ClockWatch implements AutoCloseable {

  static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  /** What the clients bear: it is less than the 30 s after which a transaction is given up. */
  static final Duration BACK_MAX = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final LongSupplier wallMillis;
  private final LongSupplier nanoTime;
  private final Duration pause;
  private final Consumer<String> onFailure;
  private final Lookout lookout = new Lookout("earshot-clock-watch", LOOK_EVERY, this::trusted);

  private long lastWallMillis;
  private long lastNanos;
  private boolean wentBack;
  private Optional<Jump> jump = Optional.empty();

  /** How far the clock is from where it should be, and when that was seen last. */
  private record Jump(Duration by, long seenNanos) {}

  ClockWatch(
      LongSupplier wallMillis, LongSupplier nanoTime, Duration pause, Consumer<String> onFailure) {
    this.wallMillis = wallMillis;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.onFailure = onFailure;
    lastWallMillis = wallMillis.getAsLong();
    lastNanos = nanoTime.getAsLong();
  }

  /**
   * Watches from now on.
   *
   * @param pause after which a clock that jumped ahead is trusted again
   * @param onFailure hears that the clock has gone back
   */
  public static ClockWatch start(
      Duration pause, MeterRegistry metrics, Consumer<String> onFailure) {
    var watch = new ClockWatch(System::currentTimeMillis, System::nanoTime, pause, onFailure);
    Gauge.builder("earshot.clock.alarm", watch, it -> it.trusted() ? 0 : 1)
        .description("1 while timers pause because the clock of this machine has jumped")
        .register(metrics);
    watch.lookout.start();
    return watch;
  }

  /** Whether the clock may be believed at this moment. Answers at once. */
  public boolean trusted() {
    return trouble().isEmpty();
  }

  /** Why timers pause; empty while they do not. */
  public synchronized Optional<String> trouble() {
    look();
    return jump.map(it -> sentence(it.by()));
  }

  @Override
  public void close() {
    lookout.close();
  }

  private void look() {
    long wall = wallMillis.getAsLong();
    long nanos = nanoTime.getAsLong();
    var moved = Duration.ofMillis(wall - lastWallMillis).minusNanos(nanos - lastNanos);
    lastWallMillis = wall;
    lastNanos = nanos;
    if (moved.compareTo(AHEAD_MAX) > 0) {
      jumped(moved, nanos);
    } else if (moved.negated().compareTo(BACK_MAX) > 0) {
      wentBack = true;
      jumped(moved, nanos);
      onFailure.accept(sentence(moved));
    } else if (!wentBack
        && jump.filter(it -> nanos - it.seenNanos() >= pause.toNanos()).isPresent()) {
      jump = Optional.empty();
      LOG.warn("The clock of this machine is taken to be right now, and timers go on.");
    }
  }

  private void jumped(Duration by, long nanos) {
    jump = Optional.of(new Jump(jump.map(it -> it.by().plus(by)).orElse(by), nanos));
    if (!by.isNegative()) {
      LOG.error(sentence(by));
    }
  }

  private String sentence(Duration by) {
    return by.isNegative()
        ? "the clock of this machine went back by %d s, and Kafka's clients would wait until it is where it was"
            .formatted(by.abs().toSeconds())
        : "The clock of this machine jumped ahead by %d s: timers pause for %d s. Set it right by then if it is wrong."
            .formatted(by.toSeconds(), pause.toSeconds());
  }
}

package dev.earshot.stream.integrity;

import dev.earshot.stream.cluster.DataDirectory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the whole log while it is in use, after each start and every day, and tells what
 * cannot be read: a place that was written long ago is else met when somebody reads it, or passed
 * over without a word.
 */
final class Scrub implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
  private static final Duration EVERY = Duration.ofDays(1);

  /** It rests for so many times what it has worked, so that nobody feels it. */
  private static final int RESTS = 19;

  private final DataDirectory data;
  private final LogFiles files;
  private final Duration pause;
  private final Set<String> damages = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long restedAt;

  private Scrub(DataDirectory data, Path directory, Duration pause) {
    this.data = data;
    this.pause = pause;
    files = new LogFiles(directory, this::restFromWork);
    thread = Thread.ofPlatform().name("earshot-scrub").daemon().unstarted(this::run);
  }

  /**
   * @param directory of the broker's files
   * @param pause before it begins, and before it looks again at what it could not read
   */
  static Scrub start(DataDirectory data, Path directory, Duration pause, MeterRegistry metrics) {
    var scrub = new Scrub(data, directory, pause);
    Gauge.builder("earshot.log.damages", scrub.damages, Set::size)
        .description("Places of the log that cannot be read, as found while it is in use")
        .register(metrics);
    scrub.thread.start();
    return scrub;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      rest(pause);
      while (true) {
        tryToLookThrough();
        rest(EVERY);
      }
    } catch (CancellationException _) {
      LOG.debug("closed");
    }
  }

  /** Whatever goes wrong here is no reason for anything else to end. */
  private void tryToLookThrough() {
    try {
      lookThrough();
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The log could not be looked through", e);
    }
  }

  private void lookThrough() {
    Watermark.read(data)
        .offsets()
        .forEach((partition, end) -> {
          var found = damages(partition, end);
          if (!found.isEmpty()) {
            rest(pause);
            damages(partition, end).stream().filter(found::contains).forEach(this::tell);
          }
        });
  }

  /** The broker may be putting other files in the place of those that are looked at. */
  private List<String> damages(TopicPartition partition, long end) {
    try {
      return files.damages(new LogEnds(Map.of(partition, end)), Set.of(partition.topic())).stream()
          .map(LogFiles.Damage::toString)
          .toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException gone) {
        LOG.debug("a file of {} is not there any more", partition, gone);
        return List.of();
      }
      return List.of("%s (%s)".formatted(partition, e.getCause()));
    }
  }

  private void tell(String damage) {
    if (damages.add(damage)) {
      LOG.error(
          "The log cannot be read: {}. Put its files back from a backup, or start again without"
              + " what is lost: ./earshot up --accept-loss (docs/durability.md).",
          damage);
    }
  }

  private void restFromWork() {
    rest(Duration.ofNanos((System.nanoTime() - restedAt) * RESTS));
  }

  private void rest(Duration duration) {
    try {
      if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CancellationException();
      }
      restedAt = System.nanoTime();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }
}

package dev.earshot.stream.integrity;

import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.StreamException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the whole log while it is in use, after each start and every day, and tells what is
 * damaged or cannot be read: a place that was written long ago is else met when somebody reads it,
 * or passed over without a word.
 */
final class Scrub implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);

  /** It rests for so many times what it has worked, so that nobody feels it. */
  private static final int RESTS = 19;

  private final DataDirectory data;
  private final LogFiles files;
  private final Duration pause;
  private final Duration every;
  private final Map<TopicPartition, String> troubles = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long restedAt;

  private Scrub(DataDirectory data, Path directory, Duration pause, Duration every) {
    this.data = data;
    this.pause = pause;
    this.every = every;
    files = new LogFiles(directory, this::restFromWork);
    thread = Thread.ofPlatform().name("earshot-scrub").daemon().unstarted(this::run);
  }

  /**
   * @param directory of the broker's files
   * @param pause before it begins, and before it looks again at what it could not read
   * @param every the rest after which it begins again
   */
  static Scrub start(
      DataDirectory data, Path directory, Duration pause, Duration every, MeterRegistry metrics) {
    var scrub = new Scrub(data, directory, pause, every);
    Gauge.builder("earshot.log.damages", scrub.troubles, Map::size)
        .description(
            "Partitions of the log that were damaged or unreadable when last looked through;"
                + " the server's log says which, and what to do")
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

  /** What was found when the log was looked through last, each with what can be done about it. */
  Collection<String> troubles() {
    return troubles.values();
  }

  private void run() {
    try {
      rest(pause);
      while (true) {
        tryToLookThrough();
        rest(every);
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
        .forEach((partition, end) ->
            lastingTrouble(partition, end)
                .ifPresentOrElse(
                    trouble -> tell(partition, trouble), () -> troubles.remove(partition)));
  }

  /** The broker may be putting other files in the place of those that are looked at. */
  private Optional<String> lastingTrouble(TopicPartition partition, long end) {
    var found = trouble(partition, end);
    if (found.isEmpty()) {
      return found;
    }
    rest(pause);
    return trouble(partition, end).filter(found.get()::equals);
  }

  private Optional<String> trouble(TopicPartition partition, long end) {
    try {
      return files.damages(new LogEnds(Map.of(partition, end)), Set.of(partition.topic())).stream()
          .map(damage -> StreamException.damaged("is damaged: " + damage, null).getMessage())
          .findFirst();
    } catch (StreamException e) {
      if (e.getCause() instanceof NoSuchFileException gone) {
        LOG.debug("a file of {} is not there any more", partition, gone);
        return Optional.empty();
      }
      return Optional.ofNullable(e.getMessage());
    }
  }

  private void tell(TopicPartition partition, String trouble) {
    if (!trouble.equals(troubles.put(partition, trouble))) {
      LOG.error("{}", trouble);
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

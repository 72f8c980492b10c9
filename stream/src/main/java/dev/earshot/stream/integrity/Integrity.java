package dev.earshot.stream.integrity;

import static dev.earshot.stream.cluster.StreamException.Code.LOG_DAMAGED;

import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.StreamException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the log still holds all that was written to it. A log that was cut or damaged is told
 * of, with its partitions and offsets, and nothing is started on it unless somebody accepts the
 * loss.
 */
public final class Integrity {

  private static final Logger LOG = LoggerFactory.getLogger(Integrity.class);
  private static final int SHOWN_MAX = 10;
  private static final Duration SCRUB_PAUSE = Duration.ofSeconds(20);
  private static final Duration SCRUB_EVERY = Duration.ofDays(1);

  private final DataDirectory data;
  private final boolean acceptLoss;
  private final LogEnds written;

  /**
   * @param acceptLoss whether to go on without what is lost
   */
  public Integrity(DataDirectory data, boolean acceptLoss) {
    this.data = data;
    this.acceptLoss = acceptLoss;
    written = Watermark.read(data);
  }

  /**
   * Looks through the broker's files, before it does: what it cannot read it would throw away.
   *
   * @param wholly the topics that will be read from their beginnings
   */
  public void checkFiles(Path directory, Set<String> wholly) {
    var files = new LogFiles(directory);
    boolean killed = EmbeddedBroker.wasKilled(directory);
    files.metadataDamage(killed).ifPresent(Integrity::refuse);
    if (acceptLoss) {
      files.mend(written).forEach(damage -> LOG.warn("Taken out of the log: {}", damage));
    } else {
      var doubtful = killed ? written : written.of(wholly);
      refuse("cannot be read to its end", files.damages(doubtful, wholly));
    }
  }

  /**
   * Compares where the log ended with where it ends now, and watches over it from now on.
   *
   * @param ends of every partition
   * @param groups that may have read what is not there any more
   */
  public AutoCloseable watch(Cluster cluster, Map<TopicPartition, Long> ends, Set<String> groups) {
    var now = new LogEnds(ends);
    var cuts = written.cutBy(now);
    if (acceptLoss) {
      cuts.forEach(cut -> LOG.warn("Lost from the log: {}", cut));
      AcceptedLoss.settle(cluster, now, groups);
    } else {
      refuse("was cut", cuts);
    }
    return Watermark.start(cluster, data, now);
  }

  /** Looks through the broker's files while it runs, slowly, again and again. */
  public AutoCloseable scrub(Path directory, MeterRegistry metrics) {
    return Scrub.start(data, directory, SCRUB_PAUSE, SCRUB_EVERY, metrics);
  }

  private static void refuse(LogFiles.Damage metadata) {
    throw new StreamException(
        LOG_DAMAGED,
        "The broker's own log cannot be read: %s. Without it nobody knows what is in the data"
                .formatted(metadata)
            + " directory: put the folder kafka back from a backup.");
  }

  private static void refuse(String what, List<?> losses) {
    if (losses.isEmpty()) {
      return;
    }
    var shown =
        losses.stream().limit(SHOWN_MAX).map(Object::toString).collect(Collectors.joining("; "));
    var more =
        losses.size() > SHOWN_MAX ? "; and %d more".formatted(losses.size() - SHOWN_MAX) : "";
    throw StreamException.damaged("%s: %s%s".formatted(what, shown, more), null);
  }
}

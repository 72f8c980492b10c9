package dev.earshot.stream.integrity;

import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.StreamException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes every second where the partitions of the log end, in a file beside the log that is synced
 * to the disk: Kafka itself keeps no such note, and ends a damaged log where it can read no more.
 */
final class Watermark implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watermark.class);
  private static final String FILE = "log-ends";
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int ANSWER_MILLIS_MAX = 2_000;

  private final Cluster cluster;
  private final DataDirectory data;
  private final Map<TopicPartition, OffsetSpec> asked;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private LogEnds noted = LogEnds.none();

  private Watermark(Cluster cluster, DataDirectory data, Set<TopicPartition> partitions) {
    this.cluster = cluster;
    this.data = data;
    asked = partitions.stream().collect(Collectors.toMap(it -> it, _ -> OffsetSpec.latest()));
    thread = Thread.ofPlatform().name("earshot-watermark").daemon().unstarted(this::run);
  }

  /** What was noted last, be it by another process. */
  static LogEnds read(DataDirectory data) {
    var text = data.read(FILE);
    if (text.isEmpty()) {
      return LogEnds.none();
    }
    return LogEnds.parse(text.get())
        .orElseGet(() -> {
          LOG.warn(
              "{} is damaged: whether the log still holds all that was written cannot be told.",
              data.path().resolve(FILE));
          return LogEnds.none();
        });
  }

  /** Goes on from where the log ends now. */
  static Watermark start(Cluster cluster, DataDirectory data, LogEnds now) {
    var watermark = new Watermark(cluster, data, now.offsets().keySet());
    watermark.note(now);
    watermark.thread.start();
    return watermark;
  }

  /** Notes it a last time. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofMillis(2 * ANSWER_MILLIS_MAX));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (var admin = Admin.create(cluster.client(settings()))) {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look(admin);
      }
      look(admin);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Admin admin) throws InterruptedException {
    try {
      var found =
          admin
              .listOffsets(asked, new ListOffsetsOptions().timeoutMs(ANSWER_MILLIS_MAX))
              .all()
              .get();
      var ends = new HashMap<TopicPartition, Long>();
      found.forEach((partition, end) -> ends.put(partition, end.offset()));
      note(new LogEnds(ends));
    } catch (ExecutionException | KafkaException e) {
      LOG.debug("the ends of the log are not to be had", e);
    } catch (StreamException e) {
      // A full disk: it is told of elsewhere, and what was noted before stays true.
      LOG.debug("the ends of the log cannot be noted", e);
    }
  }

  private void note(LogEnds now) {
    if (!now.equals(noted)) {
      data.write(FILE, now.text());
      noted = now;
    }
  }

  private static Map<String, Object> settings() {
    return Map.of(
        "client.id",
        "earshot-watermark",
        "request.timeout.ms",
        ANSWER_MILLIS_MAX,
        "default.api.timeout.ms",
        ANSWER_MILLIS_MAX,
        "reconnect.backoff.max.ms",
        500);
  }
}

package dev.earshot.stream.log;

import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the log every second whether it is there: a producer that has nothing to write does not
 * notice that it is gone, and one that is refused everything does not notice that it is back.
 */
final class Pulse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int ANSWER_MILLIS_MAX = 2_000;

  private final Cluster cluster;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> trouble = Optional.empty();

  private Pulse(Cluster cluster) {
    this.cluster = cluster;
  }

  static Pulse start(Cluster cluster) {
    var pulse = new Pulse(cluster);
    Thread.ofPlatform().name("earshot-pulse").daemon().start(pulse::beat);
    return pulse;
  }

  /** What is wrong with the log; empty when nothing is, as far as is known. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Waits for nothing. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void beat() {
    try {
      // Nothing in a start waits for the pulse, so it does not take the start's time.
      if (closedWithin(EVERY)) {
        return;
      }
      try (var admin = Admin.create(cluster.client(settings()))) {
        do {
          note(look(admin));
        } while (!closedWithin(EVERY));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<String> look(Admin admin) throws InterruptedException {
    var options = new DescribeTopicsOptions().timeoutMs(ANSWER_MILLIS_MAX);
    try {
      var topics = admin.describeTopics(List.of(Topic.EVENTS.word()), options).allTopicNames();
      return leaderless(topics.get().values());
    } catch (ExecutionException | KafkaException e) {
      LOG.debug("no pulse", e);
      return Optional.of("The log does not answer.");
    }
  }

  private static Optional<String> leaderless(Collection<TopicDescription> topics) {
    var partitions = topics.stream().flatMap(topic -> topic.partitions().stream()).toList();
    long leaderless = partitions.stream().filter(partition -> !hasLeader(partition)).count();
    return leaderless == 0
        ? Optional.empty()
        : Optional.of(
            "%d of the log's %d partitions have no leader."
                .formatted(leaderless, partitions.size()));
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    return partition.leader() != null && !partition.leader().isEmpty();
  }

  private void note(Optional<String> now) {
    if (!now.equals(trouble) && closed.getCount() > 0) {
      now.ifPresentOrElse(
          reason -> LOG.warn("{} Nothing is collected until it is back.", reason),
          () -> LOG.info("The log is back."));
    }
    trouble = now;
  }

  private boolean closedWithin(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Map<String, Object> settings() {
    return Map.of(
        "client.id",
        "earshot-pulse",
        "request.timeout.ms",
        ANSWER_MILLIS_MAX,
        "default.api.timeout.ms",
        ANSWER_MILLIS_MAX,
        "reconnect.backoff.max.ms",
        500);
  }
}

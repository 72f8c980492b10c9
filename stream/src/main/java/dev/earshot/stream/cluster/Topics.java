package dev.earshot.stream.cluster;

import static dev.earshot.stream.cluster.StreamException.Code.CLUSTER_UNREACHABLE;
import static dev.earshot.stream.cluster.StreamException.Code.TOPICS_UNSUITABLE;

import dev.earshot.stream.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics of the log where they are missing, and sees that every partition answers. */
public final class Topics {

  /** No record of the log is larger. */
  public static final int RECORD_BYTES_MAX = 4 * 1024 * 1024;

  /** Kafka else refuses records that are from after its own time. */
  static final String ANY_TIME = Long.toString(Long.MAX_VALUE);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration SEGMENT_AGE_MAX = Duration.ofDays(1);
  private static final int SEGMENT_BYTES = 64 * 1024 * 1024;

  /**
   * What the log keeps.
   *
   * @param partitions of every topic; fixed for ever, since a subject's partition follows from it
   * @param kept how long the records of a topic are kept; those of the others for ever
   */
  public record Config(int partitions, Map<Topic, Duration> kept) {

    public static final Config DEFAULT =
        new Config(
            2,
            Map.of(
                Topic.EVENTS, Duration.ofDays(30),
                Topic.ATTEMPTS, Duration.ofDays(7),
                Topic.OUTCOMES, Duration.ofDays(90),
                Topic.DECISIONS, Duration.ofDays(90),
                Topic.QUARANTINE, Duration.ofDays(30),
                Topic.MAILBOX, Duration.ofDays(30)));

    public Config {
      kept = Map.copyOf(kept);
    }
  }

  private Topics() {}

  /**
   * Returns where each partition of each topic ends, when all can be written; throws {@link
   * StreamException}.
   *
   * @param changelogs further topics, and their settings
   */
  public static Map<TopicPartition, Long> prepare(
      Cluster cluster, Config config, Map<String, Map<String, String>> changelogs) {
    var wanted = new ArrayList<NewTopic>();
    for (var topic : Topic.values()) {
      wanted.add(topic(cluster, config, topic.word(), settings(topic, config)));
    }
    changelogs.forEach((name, settings) -> wanted.add(topic(cluster, config, name, settings)));
    try (var admin = Admin.create(cluster.client(Map.of("client.id", "earshot-topics")))) {
      create(admin, wanted);
      return probe(admin, wanted.stream().map(NewTopic::name).toList(), config.partitions());
    }
  }

  private static void create(Admin admin, List<NewTopic> wanted) {
    Set<String> present = await(admin.listTopics().names(), "list the topics");
    var missing = wanted.stream().filter(topic -> !present.contains(topic.name())).toList();
    if (missing.isEmpty()) {
      return;
    }
    var creations = admin.createTopics(missing).values();
    creations.forEach((name, creation) -> {
      try {
        await(creation, "create the topic " + name);
      } catch (StreamException e) {
        // Another node may have been quicker.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    });
  }

  /**
   * A partition answers for its end only when its leader has taken it over. Writing to one that has
   * not yet would spoil the sequence of the first batches.
   */
  private static Map<TopicPartition, Long> probe(Admin admin, List<String> names, int partitions) {
    var found =
        awaitHeardOf(
            () -> admin.describeTopics(names).allTopicNames(), "describe the topics", PATIENCE);
    List<TopicPartition> all = new ArrayList<>();
    found.forEach((name, description) -> {
      if (description.partitions().size() != partitions) {
        throw new StreamException(
            TOPICS_UNSUITABLE,
            "The topic "
                + name
                + " has "
                + description.partitions().size()
                + " partitions and "
                + partitions
                + " are configured; the number is fixed for ever.");
      }
      description.partitions().forEach(p -> all.add(new TopicPartition(name, p.partition())));
    });
    var latest = all.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
    var ends = new HashMap<TopicPartition, Long>();
    await(admin.listOffsets(latest).all(), "reach every partition")
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private static NewTopic topic(
      Cluster cluster, Config config, String name, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("max.message.bytes", Integer.toString(RECORD_BYTES_MAX));
    all.put("message.timestamp.after.max.ms", ANY_TIME);
    all.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
    if (cluster.replicationFactor() > 2) {
      all.put("min.insync.replicas", "2");
    }
    return new NewTopic(name, config.partitions(), (short) cluster.replicationFactor())
        .configs(all);
  }

  private static Map<String, String> settings(Topic topic, Config config) {
    var settings = new HashMap<String, String>();
    var kept = config.kept().get(topic);
    settings.put("retention.ms", kept == null ? "-1" : Long.toString(kept.toMillis()));
    settings.put("segment.ms", Long.toString(SEGMENT_AGE_MAX.toMillis()));
    settings.put("message.timestamp.type", "LogAppendTime");
    if (topic == Topic.DEFINITIONS) {
      settings.put("cleanup.policy", "compact");
    }
    return settings;
  }

  /** Asks again while the broker that answers has not heard yet of what the controller has made. */
  static <T> T awaitHeardOf(Supplier<KafkaFuture<T>> question, String what, Duration patience) {
    long last = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return await(question.get(), what);
      } catch (StreamException e) {
        boolean unheard = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unheard || System.nanoTime() > last) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static <T> T await(KafkaFuture<T> future, String what) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failed(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(what, e);
    }
  }

  private static StreamException failed(String what, Throwable cause) {
    return new StreamException(
        CLUSTER_UNREACHABLE,
        "Kafka did not "
            + what
            + ": "
            + cause.getClass().getSimpleName()
            + ": "
            + cause.getMessage(),
        cause);
  }
}

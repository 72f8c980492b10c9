package dev.earshot.stream.host;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;

import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.Codec;
import dev.earshot.stream.cluster.Topics;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machines at work: takes what the log brings, and writes back what they decide. */
public final class Host implements AutoCloseable {

  public static final String APPLICATION = "earshot-host";

  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  /** What a transaction meets is mostly the end of the last one, a few milliseconds away. */
  private static final Duration RETRY_AFTER = Duration.ofMillis(5);

  private static final int DEATHS_PER_MINUTE_MAX = 5;

  /** What is committed and flushed is so by then, unless a thread waits for another. */
  private static final Duration CLOSE_SOON = Duration.ofSeconds(2);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  /** The same when the clock has jumped: a thread that waits for the old time ends only then. */
  private static final Duration CLOSE_TIMEOUT_CLOCK = Duration.ofSeconds(5);

  /**
   * How the host works.
   *
   * @param node the name of this process among those that share the cluster; the same after a
   *     restart
   * @param threads that decide; no more than there are partitions have something to do
   * @param repeatsWindow for how long a message id is remembered
   * @param catchUpRate how many late timers fire in a second at most, in all partitions together
   */
  public record Config(
      String node,
      int threads,
      Duration repeatsWindow,
      int catchUpRate,
      int partitions,
      Path stateDirectory) {

    public static Config of(String node, Path stateDirectory) {
      return new Config(
          node, 2, Duration.ofDays(7), 1000, Topics.Config.DEFAULT.partitions(), stateDirectory);
    }
  }

  private final Cluster cluster;
  private final Config config;
  private final BooleanSupplier clockTrusted;
  private final MeterRegistry metrics;
  private final Consumer<String> onFailure;
  private final StateFolder folder;
  private final RestoreProgress restore = new RestoreProgress(System::nanoTime);
  private final DeathBudget deaths =
      new DeathBudget(DEATHS_PER_MINUTE_MAX, Duration.ofMinutes(1).toNanos(), System::nanoTime);
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile KafkaStreams streams;

  /**
   * Prepares the host; it does nothing before its start.
   *
   * @param clockTrusted whether the clock of this machine is what it should be; no timer fires
   *     while it is not
   * @param onFailure hears why the host has given up, if it ever does
   */
  public Host(
      Cluster cluster,
      Config config,
      BooleanSupplier clockTrusted,
      MeterRegistry metrics,
      Consumer<String> onFailure) {
    this.cluster = cluster;
    this.config = config;
    this.clockTrusted = clockTrusted;
    this.metrics = metrics;
    this.onFailure = onFailure;
    RocksLibrary.load();
    folder = new StateFolder(config.stateDirectory(), APPLICATION);
    streams = streams();
    Gauge.builder("earshot.host.restore.percent", this, Host::restoredPercent)
        .description("How far the state is rebuilt from the log; 100 while deciding")
        .register(metrics);
    FunctionTimer.builder(
            "earshot.host.restore",
            restore,
            RestoreProgress::restoredEver,
            RestoreProgress::nanosEver,
            TimeUnit.NANOSECONDS)
        .description("Records read to rebuild the state from the log, and the time that took")
        .register(metrics);
  }

  /** Loads what the host will need and no cluster. */
  public static void warmUp() {
    RocksLibrary.load();
    LOG.debug("Batches are compressed with {}", Codec.type());
    var rate = new CatchUp.Rate(1, 1);
    var topology = HostTopology.of(Duration.ofDays(1), rate, () -> true, new SimpleMeterRegistry());
    LOG.debug("{}", topology.describe());
  }

  /** The topics that hold what the host knows, and their settings. */
  public static Map<String, Map<String, String>> changelogs(Duration repeatsWindow) {
    return HostStores.changelogs(repeatsWindow);
  }

  /** The topics that a start reads from their beginnings, to make the stores anew. */
  public static Set<String> restoredFrom(Path stateDirectory, Duration repeatsWindow) {
    return new StateFolder(stateDirectory, APPLICATION).inOrder()
        ? Set.of()
        : changelogs(repeatsWindow).keySet();
  }

  /** Makes the stores look as a kill leaves them. */
  public static void pretendKilled(Path stateDirectory) {
    new StateFolder(stateDirectory, APPLICATION).take();
  }

  /** The partitions of the log that this node works on. */
  public Set<Integer> partitions() {
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .map(task -> task.taskId().partition())
        .collect(Collectors.toSet());
  }

  /** Needs every topic to be there. */
  public void start() {
    folder.take();
    try {
      streams.start();
    } catch (ProcessorStateException e) {
      LOG.warn("The stores cannot be opened and are made anew from the log", e);
      streams.close(CLOSE_TIMEOUT);
      streams = streams();
      folder.take();
      streams.start();
    }
  }

  public HostStatus status() {
    var reason = failure.get();
    if (reason != null) {
      return new HostStatus.Failed(reason);
    }
    return switch (streams.state()) {
      case CREATED -> new HostStatus.Starting();
      case REBALANCING ->
          restore.underWay()
              ? new HostStatus.Restoring(restore.percent())
              : new HostStatus.Starting();
      case RUNNING ->
          restore.underWay()
              ? new HostStatus.Restoring(restore.percent())
              : new HostStatus.Running();
      case PENDING_ERROR, ERROR -> new HostStatus.Failed("all threads of the host have ended");
      case PENDING_SHUTDOWN, NOT_RUNNING -> new HostStatus.Closed();
    };
  }

  /** What the host knows, for people to look at. */
  public StateReader states() {
    return new StateReader(streams);
  }

  /** Commits what is decided, and ends. The stores of a host that has failed are not trusted. */
  @Override
  public void close() {
    var timeout = clockTrusted.getAsBoolean() ? CLOSE_TIMEOUT : CLOSE_TIMEOUT_CLOCK;
    var options = CloseOptions.timeout(CLOSE_SOON).withGroupMembershipOperation(membership());
    var threads = threads();
    if (!streams.close(options) && !closeWithout(threads, timeout)) {
      LOG.warn("The host did not end within {} s", timeout.toSeconds());
    } else if (failure.get() == null) {
      folder.leave();
    }
  }

  /**
   * Whoever is to be back soon stays a member. Not while partitions are given out: the thread that
   * ends first would be waited for by the others, which end only when they have theirs.
   */
  private GroupMembershipOperation membership() {
    return streams.state() == KafkaStreams.State.RUNNING ? REMAIN_IN_GROUP : LEAVE_GROUP;
  }

  /**
   * Of partitions that are given out anew the threads may hear one after the other. Then whoever
   * has heard waits for whoever has ended, a member still, and is to be told that nobody comes.
   */
  private boolean closeWithout(Set<String> threads, Duration timeout) {
    var ended = new HashSet<>(threads);
    ended.removeAll(threads());
    if (!ended.isEmpty()) {
      takeOutOfGroup(ended);
    }
    return streams.close(CloseOptions.timeout(timeout));
  }

  private void takeOutOfGroup(Set<String> threads) {
    try (var admin = Admin.create(cluster.client(Map.of()))) {
      var members = threads.stream().map(this::member).collect(Collectors.toSet());
      var options = new RemoveMembersFromConsumerGroupOptions(members);
      options.timeoutMs((int) CLOSE_SOON.toMillis());
      admin.removeMembersFromConsumerGroup(APPLICATION, options).all().get();
    } catch (ExecutionException e) {
      LOG.warn("Threads of the host that have ended are still waited for", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As Kafka Streams calls it: by the node, and the number that ends the name of the thread. */
  private MemberToRemove member(String thread) {
    return new MemberToRemove(config.node() + thread.substring(thread.lastIndexOf('-')));
  }

  /** The names of those that have not ended. */
  private Set<String> threads() {
    return streams.metadataForLocalThreads().stream()
        .map(ThreadMetadata::threadName)
        .collect(Collectors.toSet());
  }

  private KafkaStreams streams() {
    var rate = new CatchUp.Rate(config.catchUpRate(), config.partitions());
    var topology = HostTopology.of(config.repeatsWindow(), rate, clockTrusted, metrics);
    var made = new KafkaStreams(topology, properties(cluster, config));
    made.setGlobalStateRestoreListener(restore);
    made.setUncaughtExceptionHandler(this::onDeath);
    return made;
  }

  HostWatch.Watched watched() {
    return new HostWatch.Watched() {
      @Override
      public HostStatus status() {
        return Host.this.status();
      }

      @Override
      public long progress() {
        return restore.restoredEver();
      }

      @Override
      public String situation() {
        return "the state of its client is %s, those of its threads are %s"
            .formatted(
                streams.state(),
                streams.metadataForLocalThreads().stream()
                    .map(ThreadMetadata::threadState)
                    .sorted()
                    .toList());
      }
    };
  }

  private StreamThreadExceptionResponse onDeath(Throwable cause) {
    if (deaths.spend()) {
      LOG.error("A thread of the host died and is replaced", cause);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("Threads of the host keep dying: it gives up", cause);
    var reason =
        "the host gave up: " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
    failure.set(reason);
    onFailure.accept(reason);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private int restoredPercent() {
    return restore.underWay() ? restore.percent() : 100;
  }

  static Properties properties(Cluster cluster, Config config) {
    var settings = new HashMap<String, Object>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    settings.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Commits.EVERY_BEHIND.toMillis());
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, cluster.replicationFactor());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    settings.put(StreamsConfig.POLL_MS_CONFIG, 10L);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    settings.putAll(consumer(config));
    settings.putAll(producer());
    var properties = new Properties();
    properties.putAll(cluster.client(settings));
    return properties;
  }

  /**
   * Static membership: a restarted node has its partitions back at once, not after 45 s. A thread
   * that has joined alone hears from a heartbeat that the next one has come: by default after 3 s,
   * for which both would wait.
   */
  private static Map<String, Object> consumer(Config config) {
    return Map.of(
        StreamsConfig.mainConsumerPrefix("group.instance.id"), config.node(),
        StreamsConfig.mainConsumerPrefix("heartbeat.interval.ms"), 200,
        StreamsConfig.mainConsumerPrefix("fetch.max.wait.ms"), 50,
        StreamsConfig.consumerPrefix("max.poll.records"), 2000);
  }

  private static Map<String, Object> producer() {
    return Map.of(
        // A transaction is written whole when it is committed. What of it went to the topic of
        // events before would hide from the host all that callers send meanwhile.
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        Commits.EVERY_BEHIND.toMillis(),
        StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
        RETRY_AFTER.toMillis(),
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        30_000,
        StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
        Codec.type(),
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
        128 * 1024,
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topics.RECORD_BYTES_MAX);
  }
}

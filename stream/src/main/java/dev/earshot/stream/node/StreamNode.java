package dev.earshot.stream.node;

import dev.earshot.stream.AttemptQueue;
import dev.earshot.stream.DefinitionStore;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.Topic;
import dev.earshot.stream.attempt.KafkaAttemptQueue;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.Durability;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.definition.KafkaDefinitionStore;
import dev.earshot.stream.host.ClockWatch;
import dev.earshot.stream.host.Host;
import dev.earshot.stream.host.HostStatus;
import dev.earshot.stream.host.HostWatch;
import dev.earshot.stream.host.StateReader;
import dev.earshot.stream.integrity.Integrity;
import dev.earshot.stream.log.DeliveryOrders;
import dev.earshot.stream.log.KafkaEventLog;
import dev.earshot.stream.log.KafkaLogReader;
import dev.earshot.stream.log.LogProducer;
import dev.earshot.stream.log.MailboxLog;
import dev.earshot.stream.log.Room;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log and all that works on it in this process. */
public final class StreamNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamNode.class);

  /**
   * For what is made beside one another. Not virtual threads: while such a one initialises a class
   * it keeps its carrier, and few carriers can wait so for a lock that a thread without one has
   * next.
   */
  private static final ThreadFactory SIDE =
      Thread.ofPlatform().daemon().name("earshot-start-", 1).factory();

  /** The groups whose progress is kept in the log. */
  private static final Set<String> READERS = Set.of(Host.APPLICATION, KafkaAttemptQueue.GROUP);

  /**
   * What the stream of this process is to be.
   *
   * @param node the name of this process among those that share the cluster; the same after a
   *     restart
   * @param cluster the team's own; the embedded broker when there is none
   * @param durability of the embedded broker
   * @param reserveBytes what is to stay free on the disk of the embedded broker; empty for what is
   *     usual on a disk of its size
   * @param repeatsWindow for how long a message id is remembered
   * @param hostThreads that decide; none when another process decides
   * @param catchUpRate how many late timers fire in a second at most, in all partitions together
   * @param clockPause for how long timers pause when the clock of this machine jumps ahead
   * @param acceptLoss whether to start on a log of the embedded broker that has lost something
   */
  public record Config(
      String node,
      Optional<Cluster> cluster,
      Durability durability,
      OptionalLong reserveBytes,
      Topics.Config topics,
      Duration repeatsWindow,
      int hostThreads,
      int catchUpRate,
      Duration clockPause,
      boolean acceptLoss) {

    /** Everything in this process, as a first start wants it. */
    public static final Config DEFAULT =
        new Config(
            "earshot",
            Optional.empty(),
            Durability.OS,
            OptionalLong.empty(),
            Topics.Config.DEFAULT,
            Duration.ofDays(7),
            2,
            1000,
            Duration.ofMinutes(5),
            false);
  }

  /**
   * One partition of the events.
   *
   * @param behind how many records are not decided about yet
   * @param age how long the oldest of them waits
   */
  public record Partition(int partition, long end, long behind, Duration age) {}

  private final Cluster cluster;
  private final Config config;
  private final MeterRegistry metrics;
  private final LogProducer producer;
  private final Room room;
  private final ClockWatch clock;
  private final KafkaDefinitionStore definitions;
  private final Optional<Host> host;
  private final Deque<AutoCloseable> started;

  private StreamNode(
      Cluster cluster,
      Config config,
      MeterRegistry metrics,
      LogProducer producer,
      Room room,
      ClockWatch clock,
      KafkaDefinitionStore definitions,
      Optional<Host> host,
      Deque<AutoCloseable> started) {
    this.cluster = cluster;
    this.config = config;
    this.metrics = metrics;
    this.producer = producer;
    this.room = room;
    this.clock = clock;
    this.definitions = definitions;
    this.host = host;
    this.started = started;
  }

  /** Loads what a start will need, whatever its settings. */
  public static void warmUp() {
    EmbeddedBroker.warmUp();
    Host.warmUp();
  }

  /**
   * Starts everything and returns when the log takes writes and all definitions are read. The host
   * may still restore: {@link #hostStatus} says so.
   *
   * @param onFailure hears, once it runs, why it cannot go on
   */
  public static StreamNode start(
      DataDirectory data, Config config, MeterRegistry metrics, Consumer<String> onFailure) {
    return start(data, config, metrics, onFailure, data::freeBytes);
  }

  /**
   * @param freeBytes on the disk of the data directory
   */
  static StreamNode start(
      DataDirectory data,
      Config config,
      MeterRegistry metrics,
      Consumer<String> onFailure,
      LongSupplier freeBytes) {
    var started = new ArrayDeque<AutoCloseable>();
    try (var side = Executors.newThreadPerTaskExecutor(SIDE)) {
      return new Start(data, config, metrics, onFailure, freeBytes, started, side).run();
    } catch (CompletionException e) {
      closeAll(started);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (RuntimeException e) {
      closeAll(started);
      throw e;
    }
  }

  /** Makes the folder look as a kill leaves it, so that the start behind one can be rehearsed. */
  public static void pretendKilled(DataDirectory data) {
    EmbeddedBroker.pretendKilled(data);
    Host.pretendKilled(stateDirectory(data));
  }

  private static Path stateDirectory(DataDirectory data) {
    return data.folder("streams");
  }

  public EventLog events() {
    return new KafkaEventLog(producer, room);
  }

  public DefinitionStore definitions() {
    return definitions;
  }

  public LogReader reader() {
    return new KafkaLogReader(cluster);
  }

  public MailboxLog mailbox() {
    return new MailboxLog(producer);
  }

  public DeliveryOrders orders() {
    return new DeliveryOrders(producer, room);
  }

  /** What the host knows; empty when another process decides. */
  public Optional<StateReader> states() {
    return host.map(Host::states);
  }

  /** A queue of its own, to be closed before this node is. */
  public AttemptQueue openAttempts(int inHandMax) {
    return new KafkaAttemptQueue(
        cluster, KafkaAttemptQueue.Config.of(config.node(), inHandMax), metrics);
  }

  /** What the host is doing; where another process decides there is nothing to wait for. */
  public HostStatus hostStatus() {
    return host.map(Host::status).orElseGet(HostStatus.Running::new);
  }

  /** Why the log takes no writes now; empty while it does. Answers at once. */
  public Optional<String> logTrouble() {
    return room.trouble().or(producer::trouble);
  }

  /** Why timers pause; empty while they do not. */
  public Optional<String> clockTrouble() {
    return clock.trouble();
  }

  /**
   * What is to stay free on the disk of the data directory; nothing where a cluster has the log.
   */
  public long reserveBytes() {
    return room.reserveBytes();
  }

  /** The partitions this node decides about. */
  public Set<Integer> hostedPartitions() {
    return host.map(Host::partitions).orElseGet(Set::of);
  }

  /** How far the decisions are behind, partition by partition. Asks the log, and may wait. */
  public List<Partition> lag() {
    return new Lag(cluster, System::currentTimeMillis).measure();
  }

  /** How this node reaches the log, so that others may. */
  public Cluster cluster() {
    return cluster;
  }

  /** Commits what is decided, writes what was accepted, and ends. */
  @Override
  public void close() {
    closeAll(started);
  }

  private static void closeAll(Deque<AutoCloseable> started) {
    while (!started.isEmpty()) {
      var part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("{} did not end well", part.getClass().getSimpleName(), e);
      }
    }
  }

  /** One start. Whatever needs not wait for the broker is made ready beside it. */
  private record Start(
      DataDirectory data,
      Config config,
      MeterRegistry metrics,
      Consumer<String> onFailure,
      LongSupplier freeBytes,
      Deque<AutoCloseable> started,
      ExecutorService side) {

    StreamNode run() {
      var room = add(room());
      var clock = add(ClockWatch.start(config.clockPause(), metrics, onFailure));
      var integrity = new Integrity(data, config.acceptLoss());
      var broker = broker(integrity);
      var cluster = config.cluster().or(() -> broker.map(EmbeddedBroker::cluster)).orElseThrow();
      var prepared = CompletableFuture.supplyAsync(() -> host(cluster, clock), side);
      broker.ifPresent(EmbeddedBroker::start);
      var topics =
          CompletableFuture.supplyAsync(
              () ->
                  Topics.prepare(cluster, config.topics(), Host.changelogs(config.repeatsWindow())),
              side);
      var producer = CompletableFuture.supplyAsync(() -> new LogProducer(cluster, metrics), side);
      var host = prepared.join();
      var ends = topics.join();
      if (broker.isPresent()) {
        add(integrity.watch(cluster, ends, READERS));
        add(integrity.scrub(EmbeddedBroker.folder(data), metrics));
      }
      var working = CompletableFuture.runAsync(() -> host.ifPresent(Host::start), side);
      var definitions = add(new KafkaDefinitionStore(cluster, config.node(), room));
      var log = add(producer.join());
      definitions.caughtUp().join();
      working.join();
      host.ifPresent(watched -> add(HostWatch.start(watched, log::trouble, onFailure)));
      return new StreamNode(cluster, config, metrics, log, room, clock, definitions, host, started);
    }

    private Room room() {
      if (config.cluster().isPresent()) {
        return Room.ofCluster();
      }
      var reserve = config.reserveBytes().orElseGet(() -> Room.standardReserve(data.totalBytes()));
      return Room.watch(freeBytes, reserve, metrics);
    }

    /** The broker to be started; none where a cluster has the log. */
    private Optional<EmbeddedBroker> broker(Integrity integrity) {
      if (config.cluster().isPresent()) {
        return Optional.empty();
      }
      integrity.checkFiles(EmbeddedBroker.folder(data), readWholly());
      return Optional.of(add(new EmbeddedBroker(data, config.durability(), onFailure)));
    }

    /** The topics that this start reads from their beginnings. */
    private Set<String> readWholly() {
      var topics = new HashSet<>(Host.restoredFrom(stateDirectory(data), config.repeatsWindow()));
      topics.add(Topic.DEFINITIONS.word());
      return topics;
    }

    private Optional<Host> host(Cluster cluster, ClockWatch clock) {
      if (config.hostThreads() == 0) {
        return Optional.empty();
      }
      var of =
          new Host.Config(
              config.node(),
              config.hostThreads(),
              config.repeatsWindow(),
              config.catchUpRate(),
              config.topics().partitions(),
              stateDirectory(data));
      return Optional.of(add(new Host(cluster, of, clock::trusted, metrics, onFailure)));
    }

    private <T extends AutoCloseable> T add(T part) {
      synchronized (started) {
        started.push(part);
      }
      return part;
    }
  }
}

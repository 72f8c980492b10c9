package dev.earshot.stream.attempt;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.AttemptJson;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.event.Json;
import dev.earshot.stream.AttemptQueue;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue on Kafka. One thread reads attempts ahead. Another writes the reported outcomes
 * together with the progress they make, one transaction after the other: at once when there is
 * nothing to read, and every few milliseconds when there is.
 */
public final class KafkaAttemptQueue implements AttemptQueue {

  /** Those that make the attempts. */
  public static final String GROUP = "earshot-sender";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaAttemptQueue.class);
  private static final int POLL_RECORDS_MAX = 500;
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * @param node the name of this process among those that share the cluster; the same after a
   *     restart
   * @param inHandMax how much is out at once, by its weight, at most
   * @param commitEvery how long a reported outcome waits for company, at most
   */
  public record Config(String node, int inHandMax, Duration commitEvery) {

    public static Config of(String node, int inHandMax) {
      return new Config(node, inHandMax, Duration.ofMillis(25));
    }
  }

  private final Config config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final OutcomeWriter writer;
  private final Semaphore hands;
  private final AtomicInteger out = new AtomicInteger();
  private final BlockingDeque<Held> ready = new LinkedBlockingDeque<>();
  private final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
  private final ExecutorService writing =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("earshot-outcomes").daemon().factory());
  private final Thread worker;
  private volatile boolean closing;
  private volatile boolean killed;
  private volatile @Nullable KafkaException failure;

  // What follows belongs to the worker alone.

  private final Map<TopicPartition, Progress> assigned = new HashMap<>();

  /** Reported, and not known to be written; in order, and first in every transaction. */
  private final List<Report> unwritten = new ArrayList<>();

  private @Nullable Transaction underWay;

  public KafkaAttemptQueue(Cluster cluster, Config config, MeterRegistry metrics) {
    this(cluster, config, metrics, GROUP);
  }

  KafkaAttemptQueue(Cluster cluster, Config config, MeterRegistry metrics, String group) {
    this.config = config;
    hands = new Semaphore(config.inHandMax());
    consumer =
        new KafkaConsumer<>(
            cluster.client(settings(config, group)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    writer = new OutcomeWriter(cluster, group + "-" + config.node());
    Gauge.builder("earshot.attempts.out", out, AtomicInteger::get)
        .description("Attempts in the hands of the sender")
        .register(metrics);
    worker = Thread.ofPlatform().name("earshot-attempts").daemon().start(this::work);
  }

  @Override
  public List<Ticket> take(Duration timeout) {
    var reason = failure;
    if (reason != null) {
      throw new IllegalStateException("The queue of attempts has ended.", reason);
    }
    long end = System.nanoTime() + timeout.toNanos();
    List<Ticket> taken = new ArrayList<>();
    try {
      var next = ready.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      while (next != null && hold(next, taken.isEmpty() ? end - System.nanoTime() : 0)) {
        taken.add(next);
        next = ready.poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.addAndGet(taken.size());
    return taken;
  }

  /** Takes it in hand, or puts it back where it was. */
  private boolean hold(Held held, long nanos) throws InterruptedException {
    boolean holds = false;
    try {
      holds = hands.tryAcquire(held.weight, nanos, TimeUnit.NANOSECONDS);
    } finally {
      if (!holds) {
        ready.addFirst(held);
      }
    }
    return holds;
  }

  @Override
  public void report(Ticket ticket, Outcome outcome) {
    if (ticket instanceof Held held && held.reported.compareAndSet(false, true)) {
      reports.add(new Report(held, outcome, System.nanoTime()));
      out.decrementAndGet();
      hands.release(held.weight);
    }
  }

  /** Writes what was reported so far, and ends; what is out is handed out again another time. */
  @Override
  public void close() {
    closing = true;
    join();
  }

  /** Ends as a crash would: what is not written stays so. */
  void kill() {
    killed = true;
    closing = true;
    join();
  }

  private void join() {
    try {
      worker.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (consumer;
        writer;
        writing) {
      open();
      while (!closing) {
        turn();
      }
      if (!killed) {
        writeAll();
      }
    } catch (FencedInstanceIdException e) {
      LOG.error("Another process works as node {}: the sender ends here", config.node());
      failure = e;
    } catch (KafkaException e) {
      LOG.error("The queue of attempts has ended", e);
      failure = e;
    }
  }

  /** Ends what a former life of this node left open, before its progress is read. */
  private void open() {
    while (!closing) {
      try {
        writer.open();
        consumer.subscribe(List.of(Topic.ATTEMPTS.word()), new Rebalances());
        return;
      } catch (KafkaException e) {
        LOG.warn("The queue of attempts cannot be opened yet: {}", e.getMessage());
        pause();
      }
    }
  }

  /** Reads first: only by reading does a consumer learn that a partition is another's now. */
  private void turn() {
    try {
      holdBackOrGoOn();
      var read = consumer.poll(config.commitEvery());
      read.forEach(this::take);
      collectReports();
      if (underWay == null || underWay.end.isDone()) {
        awaitWritten();
        if (read.isEmpty() || isDue()) {
          beginWrite();
        }
      }
    } catch (FencedInstanceIdException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("The outcomes are not written yet; tried again: {}", e.getMessage());
      writer.close();
      pause();
      open();
    }
  }

  private boolean isDue() {
    return !unwritten.isEmpty()
        && System.nanoTime() - unwritten.getFirst().atNanos >= config.commitEvery().toNanos();
  }

  private void collectReports() {
    for (var report = reports.poll(); report != null; report = reports.poll()) {
      unwritten.add(report);
    }
  }

  /** All or nothing: when it fails, the same reports come first in the next transaction. */
  private void beginWrite() {
    unwritten.removeIf(report -> assigned.get(report.held.partition) != report.held.progress);
    if (unwritten.isEmpty()) {
      return;
    }
    unwritten.forEach(report -> report.held.progress.finish(report.held.offset));
    Map<TopicPartition, OffsetAndMetadata> progress = new HashMap<>();
    for (var report : unwritten) {
      progress.computeIfAbsent(report.held.partition, _ -> report.held.progress.committed());
    }
    var told = unwritten.stream().map(Report::told).toList();
    var group = consumer.groupMetadata();
    underWay =
        new Transaction(told.size(), writing.submit(() -> writer.write(told, progress, group)));
  }

  /** Waits for the transaction that is under way, if there is one; throws what made it fail. */
  private void awaitWritten() {
    var transaction = underWay;
    if (transaction == null) {
      return;
    }
    underWay = null;
    try {
      transaction.end.get();
      unwritten.subList(0, transaction.reports).clear();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Whatever was reported until now. */
  private void writeAll() {
    awaitWritten();
    collectReports();
    beginWrite();
    awaitWritten();
  }

  /** A crash repeats what is not written, so nothing more is read while outcomes wait in vain. */
  private void holdBackOrGoOn() {
    var all = consumer.assignment();
    boolean enough = ready.size() >= POLL_RECORDS_MAX || unwritten.size() >= POLL_RECORDS_MAX;
    var held = all.stream().filter(partition -> enough || !hasRoom(partition)).toList();
    consumer.resume(all);
    consumer.pause(held);
  }

  private boolean hasRoom(TopicPartition partition) {
    var progress = assigned.get(partition);
    return progress != null && progress.hasRoom(POLL_RECORDS_MAX);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    var partition = new TopicPartition(record.topic(), record.partition());
    var progress = assigned.get(partition);
    if (progress == null || !progress.take(record.offset())) {
      return;
    }
    try {
      var attempt = AttemptJson.read(record.value());
      int weight = Weight.of(record.value().length, config.inHandMax());
      ready.add(new Held(attempt, weight, partition, record.offset(), progress));
    } catch (Json.Malformed e) {
      LOG.error("An attempt cannot be read and is passed over: {}", e.getMessage());
      progress.finish(record.offset());
    }
  }

  private static Map<String, Object> settings(Config config, String group) {
    var settings = new HashMap<String, Object>();
    settings.put("client.id", group);
    settings.put("group.id", group);
    settings.put("group.instance.id", config.node());
    settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", POLL_RECORDS_MAX);
    settings.put("fetch.max.wait.ms", 50);
    return settings;
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not a record: it is itself, and reported once. */
  private static final class Held implements Ticket {
    private final Attempt attempt;
    private final int weight;
    private final TopicPartition partition;
    private final long offset;
    private final Progress progress;
    private final AtomicBoolean reported = new AtomicBoolean();

    Held(Attempt attempt, int weight, TopicPartition partition, long offset, Progress progress) {
      this.attempt = attempt;
      this.weight = weight;
      this.partition = partition;
      this.offset = offset;
      this.progress = progress;
    }

    @Override
    public Attempt attempt() {
      return attempt;
    }

    @Override
    public int weight() {
      return weight;
    }
  }

  /**
   * @param reports how many of the first unwritten ones are in it
   */
  private record Transaction(int reports, Future<?> end) {}

  private record Report(Held held, Outcome outcome, long atNanos) {

    OutcomeWriter.Told told() {
      var attempt = held.attempt;
      return new OutcomeWriter.Told(
          attempt.delivery().subject(),
          new Reported(attempt.delivery().id(), attempt.number(), outcome));
    }
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      var committed = consumer.committed(Set.copyOf(partitions));
      for (var partition : partitions) {
        var offset = committed.get(partition);
        assigned.put(
            partition,
            offset == null
                ? Progress.from(consumer.position(partition))
                : Progress.restore(offset.offset(), offset.metadata()));
      }
    }

    /** What was reported in time is written before another node takes over. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        writeAll();
      } catch (KafkaException e) {
        LOG.warn("Outcomes are lost with their partitions: {}", e.getMessage());
      }
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(assigned::remove);
      ready.removeIf(held -> partitions.contains(held.partition));
    }
  }
}

package dev.earshot.stream.log;

import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.Codec;
import dev.earshot.stream.cluster.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the log: in order, each once, acknowledged by all replicas, refusing at once
 * what it cannot take.
 */
public final class LogProducer implements AutoCloseable {

  private static final long BUFFER_BYTES = 64L * 1024 * 1024;
  private static final long BACKLOG_BYTES_MAX = BUFFER_BYTES * 3 / 4;
  private static final Duration SILENCE_MAX = Duration.ofSeconds(2);
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

  /** When what nobody has committed goes all the same. */
  private static final Duration LINGER = Duration.ofMillis(10);

  private final Producer<byte[], byte[]> producer;
  private final GroupCommit group;
  private final Pulse pulse;
  private final Backlog backlog =
      new Backlog(BACKLOG_BYTES_MAX, SILENCE_MAX.toNanos(), System::nanoTime);

  public LogProducer(Cluster cluster, MeterRegistry metrics) {
    producer =
        new KafkaProducer<>(
            cluster.client(settings()), new ByteArraySerializer(), new ByteArraySerializer());
    group = GroupCommit.start(producer::flush, System::nanoTime);
    pulse = Pulse.start(cluster);
    Gauge.builder("earshot.log.backlog.bytes", backlog, Backlog::bytes)
        .description("Bytes handed to the log and not yet acknowledged")
        .register(metrics);
  }

  /** Why the log takes no writes now; empty while it does. A log that answers needs no pulse. */
  public Optional<String> trouble() {
    return backlog.trouble().or(() -> backlog.silent() ? pulse.trouble() : Optional.empty());
  }

  /** Done when the log has all of them; fails with {@link LogUnavailable} when it may not. */
  CompletableFuture<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var trouble = trouble();
    if (trouble.isPresent()) {
      return CompletableFuture.failedFuture(new LogUnavailable(trouble.get()));
    }
    long bytes = 0;
    for (var record : records) {
      bytes += record.key().length + record.value().length;
    }
    backlog.add(bytes);
    var append = new Append(records, bytes);
    group.add(append::send);
    return append.done;
  }

  /** Writes what it has taken, and ends. */
  @Override
  public void close() {
    pulse.close();
    group.close();
    producer.close(DELIVERY_TIMEOUT);
  }

  private static Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put("client.id", "earshot-log");
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", (int) LINGER.toMillis());
    settings.put("max.in.flight.requests.per.connection", 1);
    settings.put("batch.size", 128 * 1024);
    settings.put("compression.type", Codec.type());
    settings.put("buffer.memory", BUFFER_BYTES);
    settings.put("max.block.ms", 1000);
    settings.put("max.request.size", Topics.RECORD_BYTES_MAX);
    settings.put("request.timeout.ms", 5000);
    settings.put("delivery.timeout.ms", (int) DELIVERY_TIMEOUT.toMillis());
    return settings;
  }

  /** Some records on their way; done when the log has them all. */
  private final class Append implements Callback {

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<ProducerRecord<byte[], byte[]>> records;
    private final AtomicInteger open;
    private final long bytes;
    private volatile @Nullable Exception failure;

    Append(List<ProducerRecord<byte[], byte[]>> records, long bytes) {
      this.records = records;
      open = new AtomicInteger(records.size());
      this.bytes = bytes;
    }

    /** After one that failed none is tried, which might wait as long as that one did. */
    void send() {
      for (var record : records) {
        var cause = failure;
        if (cause == null) {
          send(record);
        } else {
          onCompletion(null, cause);
        }
      }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
      try {
        var _ = producer.send(record, this);
      } catch (RuntimeException e) {
        onCompletion(null, e);
      }
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception e) {
      if (e != null) {
        failure = e;
      }
      if (open.decrementAndGet() > 0) {
        return;
      }
      var cause = failure;
      if (cause == null) {
        backlog.taken(bytes);
        done.complete(null);
      } else {
        backlog.lost(bytes);
        done.completeExceptionally(
            new LogUnavailable("The log did not take the records: " + cause.getMessage(), cause));
      }
    }
  }
}

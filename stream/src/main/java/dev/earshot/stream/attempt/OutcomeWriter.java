package dev.earshot.stream.attempt;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryInputJson;
import dev.earshot.event.Subject;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.Codec;
import dev.earshot.stream.log.CloudHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes outcomes and the progress they make, together or not at all. Used by one thread at a time.
 */
final class OutcomeWriter implements AutoCloseable {

  /** What a delivery is to hear, and whose delivery it is. */
  record Told(Subject subject, DeliveryInput input) {}

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final String transactionalId;
  private @Nullable Producer<byte[], byte[]> producer;

  OutcomeWriter(Cluster cluster, String transactionalId) {
    this.cluster = cluster;
    this.transactionalId = transactionalId;
  }

  /** Begins a new life under this name: whatever an older one left open is undone. */
  void open() {
    if (producer == null) {
      var fresh =
          new KafkaProducer<>(
              cluster.client(settings()), new ByteArraySerializer(), new ByteArraySerializer());
      producer = fresh;
      fresh.initTransactions();
    }
  }

  /**
   * @param progress as it is once these outcomes are written
   */
  void write(
      List<Told> outcomes,
      Map<TopicPartition, OffsetAndMetadata> progress,
      ConsumerGroupMetadata group) {
    var open = producer;
    if (open == null) {
      throw new IllegalStateException("the writer is not open");
    }
    open.beginTransaction();
    for (var outcome : outcomes) {
      var _ = open.send(record(outcome));
    }
    open.sendOffsetsToTransaction(progress, group);
    open.commitTransaction();
  }

  @Override
  public void close() {
    var open = producer;
    producer = null;
    if (open != null) {
      open.close(CLOSE_TIMEOUT);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Told told) {
    var json = DeliveryInputJson.write(told.input());
    return new ProducerRecord<>(
        Topic.OUTCOMES.word(),
        null,
        told.subject().key().getBytes(StandardCharsets.UTF_8),
        json,
        CloudHeaders.of(
            told.input().deliveryId(),
            "/" + told.subject().workspace() + "/earshot",
            DeliveryInputJson.kind(told.input())));
  }

  private Map<String, Object> settings() {
    return Map.of(
        "client.id", transactionalId,
        "transactional.id", transactionalId,
        "acks", "all",
        "linger.ms", 0,
        "retry.backoff.ms", 5,
        "compression.type", Codec.type(),
        "max.block.ms", 5_000,
        "request.timeout.ms", 5_000,
        "delivery.timeout.ms", 5_000,
        "transaction.timeout.ms", 30_000);
  }
}

package dev.earshot.stream.definition;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionJson;
import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.Codec;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.host.Activation;
import dev.earshot.stream.log.CloudHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes definitions and their activation in one transaction. Used by one thread at a time. */
final class DefinitionPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DefinitionPublisher.class);
  private static final int TRIES_MAX = 3;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final String node;
  private @Nullable Producer<byte[], byte[]> producer;

  DefinitionPublisher(Cluster cluster, String node) {
    this.cluster = cluster;
    this.node = node;
  }

  /** Returns when all of it is committed; throws {@link LogUnavailable} when nothing is. */
  void publish(List<Definition> definitions) {
    for (int tries = 1; ; tries++) {
      try {
        write(definitions);
        return;
      } catch (KafkaException e) {
        // Whatever the transaction was in, a new producer ends it.
        close();
        if (tries == TRIES_MAX) {
          throw new LogUnavailable("The definitions were not published: " + e.getMessage(), e);
        }
        LOG.warn("Publishing definitions failed and is tried again: {}", e.getMessage());
      }
    }
  }

  private void write(List<Definition> definitions) {
    var open = producer();
    open.beginTransaction();
    for (var definition : definitions) {
      var _ = open.send(record(definition));
    }
    var activation = new Activation(definitions).json();
    int partitions = open.partitionsFor(Topic.EVENTS.word()).size();
    for (int partition = 0; partition < partitions; partition++) {
      var _ = open.send(record(activation, definitions.getFirst(), partition));
    }
    open.commitTransaction();
  }

  private Producer<byte[], byte[]> producer() {
    var open = producer;
    if (open == null) {
      open =
          new KafkaProducer<>(
              cluster.client(settings()), new ByteArraySerializer(), new ByteArraySerializer());
      producer = open;
      open.initTransactions();
    }
    return open;
  }

  private static ProducerRecord<byte[], byte[]> record(Definition definition) {
    var name = definition.workspace() + '|' + definition.kind().word() + '|' + definition.id();
    return new ProducerRecord<>(
        Topic.DEFINITIONS.word(),
        null,
        (name + '|' + definition.version()).getBytes(StandardCharsets.UTF_8),
        DefinitionJson.write(definition),
        CloudHeaders.of(
            definition.id() + '/' + definition.version(),
            "/" + definition.workspace() + "/earshot",
            definition.kind().word()));
  }

  private static ProducerRecord<byte[], byte[]> record(
      byte[] activation, Definition first, int partition) {
    return new ProducerRecord<>(
        Topic.EVENTS.word(),
        partition,
        Activation.KIND.getBytes(StandardCharsets.UTF_8),
        activation,
        CloudHeaders.of(
            first.id() + '/' + first.version(),
            "/" + first.workspace() + "/earshot",
            Activation.KIND));
  }

  private Map<String, Object> settings() {
    return Map.of(
        "client.id",
        "earshot-definitions",
        "transactional.id",
        "earshot-definitions-" + node,
        "acks",
        "all",
        "compression.type",
        Codec.type(),
        "max.block.ms",
        10_000,
        "request.timeout.ms",
        5_000,
        "delivery.timeout.ms",
        10_000,
        "max.request.size",
        Topics.RECORD_BYTES_MAX);
  }

  @Override
  public void close() {
    var open = producer;
    producer = null;
    if (open != null) {
      open.close(CLOSE_TIMEOUT);
    }
  }
}

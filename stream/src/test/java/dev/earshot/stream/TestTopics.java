package dev.earshot.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads what stands in the topics of {@link TestBroker}. */
public final class TestTopics {

  private TestTopics() {}

  /** Writes one record as it is, and returns when the log has it. */
  public static void write(Topic topic, String key, String value) {
    try (var producer =
        new KafkaProducer<>(
            TestBroker.cluster().client(Map.of()),
            new StringSerializer(),
            new StringSerializer())) {
      var _ = producer.send(new ProducerRecord<>(topic.word(), key, value));
      producer.flush();
    }
  }

  /** Lets a group begin with what is written from now on. */
  public static void moveToEnd(String group, Topic topic) {
    try (var consumer =
        new KafkaConsumer<>(
            TestBroker.cluster()
                .client(Map.of("group.id", group, "isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic.word()).stream()
              .map(p -> new TopicPartition(topic.word(), p.partition()))
              .toList();
      consumer.assign(partitions);
      var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
      consumer.endOffsets(partitions).forEach((p, end) -> ends.put(p, new OffsetAndMetadata(end)));
      consumer.commitSync(ends);
    }
  }

  /** All committed records so far whose key begins with the workspace, partition by partition. */
  public static List<ConsumerRecord<byte[], byte[]>> records(Topic topic, String workspace) {
    var settings =
        TestBroker.cluster()
            .client(Map.of("isolation.level", "read_committed", "auto.offset.reset", "none"));
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic.word()).stream()
              .map(p -> new TopicPartition(topic.word(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.key(), StandardCharsets.UTF_8).startsWith(workspace)) {
            found.add(record);
          }
        }
      }
      found.sort(
          Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
              .thenComparingLong(ConsumerRecord::offset));
      return found;
    }
  }
}

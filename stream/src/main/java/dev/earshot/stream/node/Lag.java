package dev.earshot.stream.node;

import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far the decisions are behind the events. */
final class Lag {

  private static final int TIMEOUT_SECONDS = 5;
  private static final Duration FIRST_RECORD = Duration.ofMillis(200);
  private static final int POLLS_MAX = 5;

  /** One record is wanted, not what else a fetch would bring. */
  private static final int FETCH_BYTES = 64 * 1024;

  private final Cluster cluster;
  private final LongSupplier clockMillis;

  Lag(Cluster cluster, LongSupplier clockMillis) {
    this.cluster = cluster;
    this.clockMillis = clockMillis;
  }

  /** Asks the log; what it cannot tell in time is not in the list. */
  List<StreamNode.Partition> measure() {
    var settings = cluster.client(Map.of("client.id", "earshot-lag", "auto.offset.reset", "none"));
    settings.put("isolation.level", "read_committed");
    settings.put("default.api.timeout.ms", TIMEOUT_SECONDS * 1000);
    settings.put("max.partition.fetch.bytes", FETCH_BYTES);
    try (var admin = Admin.create(cluster.client(Map.of("client.id", "earshot-lag")));
        var consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var committed =
          admin
              .listConsumerGroupOffsets(Host.APPLICATION)
              .partitionsToOffsetAndMetadata()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return partitions(consumer, committed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return List.of();
    }
  }

  private List<StreamNode.Partition> partitions(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> committed) {
    var all =
        consumer.partitionsFor(Topic.EVENTS.word()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    var begins = consumer.beginningOffsets(all);
    var ends = consumer.endOffsets(all);
    var measured = new ArrayList<StreamNode.Partition>();
    for (var partition : all) {
      var offset = committed.get(partition);
      long from =
          Math.max(begins.getOrDefault(partition, 0L), offset == null ? 0 : offset.offset());
      long end = ends.getOrDefault(partition, 0L);
      var age = from < end ? age(consumer, partition, from, end) : Duration.ZERO;
      long behind = age.isZero() ? 0 : end - from;
      measured.add(new StreamNode.Partition(partition.partition(), end, behind, age));
    }
    return measured;
  }

  /**
   * Zero when only the marks of transactions stand there, which nobody waits for; a log that is too
   * slow to show its record has one all the same.
   */
  private Duration age(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    for (int poll = 0; poll < POLLS_MAX && consumer.position(partition) < end; poll++) {
      for (var record : consumer.poll(FIRST_RECORD)) {
        return Duration.ofMillis(Math.max(1, clockMillis.getAsLong() - record.timestamp()));
      }
    }
    return consumer.position(partition) < end ? Duration.ofMillis(1) : Duration.ZERO;
  }
}

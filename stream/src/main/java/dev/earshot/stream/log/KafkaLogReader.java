package dev.earshot.stream.log;

import dev.earshot.engine.journey.UserInputJson;
import dev.earshot.event.Subject;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Reads the log on Kafka: what is committed, backwards in blocks or forwards as it comes. */
public final class KafkaLogReader implements LogReader {

  private static final long FIRST_BLOCK = 500;
  private static final long BLOCK_MAX = 32_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Comparator<Entry> NEWEST_FIRST =
      Comparator.comparing(Entry::at).thenComparing(Entry::offset).reversed();

  private final Cluster cluster;

  public KafkaLogReader(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Page latest(
      Topic topic, Subject subject, Predicate<Entry> filter, int limit, Duration within) {
    var key = subject.key();
    long end = System.nanoTime() + within.toNanos();
    try (var consumer = consumer()) {
      int partitions = consumer.partitionsFor(topic.word()).size();
      return backwards(
          consumer,
          new TopicPartition(topic.word(), partitionOf(key, partitions)),
          filter.and(entry -> entry.key().equals(key)),
          limit,
          end);
    }
  }

  @Override
  public Page latest(Topic topic, Predicate<Entry> filter, int limit, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    try (var consumer = consumer()) {
      var entries = new ArrayList<Entry>();
      boolean complete = true;
      for (var partition : partitions(consumer, topic)) {
        var page = backwards(consumer, partition, filter, limit, end);
        entries.addAll(page.entries());
        complete &= page.complete();
      }
      entries.sort(NEWEST_FIRST);
      return new Page(List.copyOf(entries.subList(0, Math.min(limit, entries.size()))), complete);
    }
  }

  @Override
  public void follow(Topic topic, boolean fromBeginning, Visitor visitor) {
    try (var consumer = consumer()) {
      var partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      var ends = consumer.endOffsets(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        ends.forEach(consumer::seek);
      }
      while (show(consumer, visitor)) {
        boolean caughtUp =
            ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
        if (caughtUp && !visitor.caughtUp()) {
          return;
        }
      }
    } catch (InterruptException e) {
      // Its thread is to end, and knows it: the flag is set.
    }
  }

  /** Shows what has come; whether to go on. */
  private static boolean show(Consumer<byte[], byte[]> consumer, Visitor visitor) {
    var entries = new ArrayList<Entry>();
    do {
      entries.clear();
      for (var record : consumer.poll(POLL)) {
        entries.add(entry(record));
      }
      entries.sort(Comparator.comparing(Entry::at));
      for (var entry : entries) {
        if (!visitor.visit(entry)) {
          return false;
        }
      }
    } while (!entries.isEmpty());
    return true;
  }

  /** The latest of one partition, newest first, in blocks that grow while they yield too little. */
  private static Page backwards(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      Predicate<Entry> filter,
      int limit,
      long endNanos) {
    var only = List.of(partition);
    consumer.assign(only);
    long begin = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
    long to = consumer.endOffsets(only).getOrDefault(partition, 0L);
    var found = new ArrayList<Entry>();
    for (long block = FIRST_BLOCK; to > begin && found.size() < limit; block *= 4) {
      long from = Math.max(begin, to - Math.min(block, BLOCK_MAX));
      var inBlock = new ArrayList<Entry>();
      if (!read(consumer, partition, from, to, filter, inBlock, endNanos)) {
        return new Page(List.copyOf(found), false);
      }
      found.addAll(inBlock.reversed());
      to = from;
    }
    return new Page(List.copyOf(found.subList(0, Math.min(limit, found.size()))), true);
  }

  /** Whether the block was read to its end in time. */
  private static boolean read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long from,
      long to,
      Predicate<Entry> filter,
      List<Entry> found,
      long endNanos) {
    consumer.seek(partition, from);
    while (consumer.position(partition) < to) {
      if (System.nanoTime() > endNanos) {
        return false;
      }
      for (var record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          var entry = entry(record);
          if (filter.test(entry)) {
            found.add(entry);
          }
        }
      }
    }
    return true;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        cluster.client(
            Map.of(
                "client.id", "earshot-reader",
                "isolation.level", "read_committed",
                "fetch.max.wait.ms", 50,
                "max.poll.records", 2000,
                "auto.offset.reset", "earliest")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, Topic topic) {
    return consumer.partitionsFor(topic.word()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .sorted(Comparator.comparing(TopicPartition::partition))
        .toList();
  }

  /** As every producer places a record by its key. */
  private static int partitionOf(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
    var value = record.value() == null ? new byte[0] : record.value();
    return new Entry(
        Topic.valueOf(record.topic().toUpperCase(Locale.ROOT)),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        UserInputJson.kind(value),
        new String(value, StandardCharsets.UTF_8));
  }
}

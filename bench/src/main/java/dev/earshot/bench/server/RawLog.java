package dev.earshot.bench.server;

import dev.earshot.bench.command.BenchFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The log as a Kafka client sees it: what is written here passes no gateway. */
public final class RawLog {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Properties client;

  private RawLog(Properties client) {
    this.client = client;
  }

  /**
   * @param file as Kafka's own tools take it; the embedded broker's changes with each start
   */
  public static RawLog of(Path file) {
    var client = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      client.load(reader);
    } catch (IOException e) {
      throw new BenchFailure("The log cannot be reached: " + file + " cannot be read.", e);
    }
    return new RawLog(client);
  }

  /** How a Kafka client reaches the log. */
  public Map<String, Object> client() {
    var settings = new HashMap<String, Object>();
    client.stringPropertyNames().forEach(name -> settings.put(name, client.getProperty(name)));
    return settings;
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes values, or none, by their keys. */
  public void write(String topic, Map<String, byte @Nullable []> records) {
    try (var producer = producer(Map.of())) {
      for (var record : records.entrySet()) {
        producer.send(new ProducerRecord<>(topic, bytes(record.getKey()), record.getValue())).get();
      }
    } catch (ExecutionException e) {
      throw new BenchFailure("The log does not take a record.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", e);
    }
  }

  /** Reads so many records, the last ones of each partition; fewer when there are no more. */
  public List<ConsumerRecord<byte[], byte[]>> last(String topic, int count) {
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(client, bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      var ends = consumer.endOffsets(partitions);
      ends.forEach((partition, end) ->
          consumer.seek(partition, Math.max(0, end - count / partitions.size())));
      var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  /** Writes a record in a transaction that is given up: nobody may ever act on it. */
  public void writeAndAbort(String topic, String key, byte[] value) {
    try (var producer = producer(Map.of("transactional.id", "earshot-prove-" + key))) {
      producer.initTransactions();
      producer.beginTransaction();
      var _ = producer.send(new ProducerRecord<>(topic, bytes(key), value));
      producer.flush();
      producer.abortTransaction();
    }
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    var settings = new Properties();
    settings.putAll(client);
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}

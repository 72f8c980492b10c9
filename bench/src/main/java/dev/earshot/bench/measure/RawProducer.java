package dev.earshot.bench.measure;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Rate;
import dev.earshot.bench.load.Stamp;
import dev.earshot.stream.cluster.Codec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The same events written to the same broker by Kafka's own client, with nothing in between. */
final class RawProducer {

  private static final String USER = "earshot";

  /** The topic of the product that is written to in the same way. */
  private static final String PATTERN = "events";

  private static final short REPLICAS = 1;

  /** The record with that number. */
  private interface Records {
    ProducerRecord<byte[], byte[]> record(long number);
  }

  private final Map<String, Object> client;
  private final String topic;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * @param client how the broker is reached
   */
  RawProducer(Map<String, Object> client, String topic) {
    this.client = Map.copyOf(client);
    this.topic = topic;
  }

  /**
   * @param password of the embedded broker; empty for a broker that asks for none
   */
  static RawProducer at(String bootstrapServers, String password, String run) {
    return new RawProducer(client(bootstrapServers, password), "bench-" + run);
  }

  /** What events come to that are written as they are sent. */
  Rate run(Stamp event, Duration warmUp, Duration duration) throws InterruptedException {
    return run(stamped(event), warmUp, duration);
  }

  /** What records come to that are written again and again, with their keys and headers. */
  Rate run(List<ConsumerRecord<byte[], byte[]>> written, Duration warmUp, Duration duration)
      throws InterruptedException {
    return run(
        number -> {
          var record = written.get((int) (number % written.size()));
          return new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        },
        warmUp,
        duration);
  }

  private Rate run(Records records, Duration warmUp, Duration duration)
      throws InterruptedException {
    try (var admin = Admin.create(client)) {
      create(admin);
      try {
        return produce(records, warmUp, duration);
      } finally {
        admin.deleteTopics(List.of(topic)).all().get();
      }
    } catch (ExecutionException e) {
      throw new BenchFailure("The broker refused the topic: " + e.getCause(), e);
    }
  }

  /** Makes the topic, and writes so many events into it. */
  void fill(Stamp event, int count) throws InterruptedException {
    try (var admin = Admin.create(client)) {
      create(admin);
    } catch (ExecutionException e) {
      throw new BenchFailure("The broker refused the topic: " + e.getCause(), e);
    }
    var records = stamped(event);
    try (var producer = new KafkaProducer<byte[], byte[]>(settings())) {
      for (long number = 0; number < count; number++) {
        send(producer, records.record(number), Long.MIN_VALUE, Long.MAX_VALUE);
      }
    }
    if (refused.sum() > 0) {
      throw new BenchFailure("The broker refused " + refused.sum() + " records of " + topic + ".");
    }
  }

  /**
   * Makes a topic of as many partitions as that of the product, and returns when each can be
   * written: a partition that refuses the first batch of a producer and takes the second, since it
   * has just begun, never takes the first.
   */
  private void create(Admin admin) throws ExecutionException, InterruptedException {
    var pattern = admin.describeTopics(List.of(PATTERN)).allTopicNames().get().get(PATTERN);
    int partitions = Objects.requireNonNull(pattern).partitions().size();
    admin.createTopics(List.of(new NewTopic(topic, partitions, REPLICAS))).all().get();
    admin
        .listOffsets(
            IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
        .all()
        .get();
  }

  private Records stamped(Stamp event) {
    var key = Stamp.of(Events.bytes("default|u:bench-" + Stamp.USER));
    return number ->
        new ProducerRecord<>(topic, key.with(number).clone(), event.with(number).clone());
  }

  private Rate produce(Records records, Duration warmUp, Duration duration) {
    long from = System.nanoTime() + warmUp.toNanos();
    long to = from + duration.toNanos();
    try (var producer = new KafkaProducer<byte[], byte[]>(settings())) {
      for (long number = 0; System.nanoTime() < to; number++) {
        send(producer, records.record(number), from, to);
      }
    }
    return new Rate(accepted.sum() * 1e9 / duration.toNanos(), refused.sum());
  }

  private void send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      long from,
      long to) {
    // The callback hears of failures too.
    var _ =
        producer.send(
            record,
            (_, failure) -> {
              long now = System.nanoTime();
              if (now >= from && now < to) {
                (failure == null ? accepted : refused).increment();
              }
            });
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<>(client);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", 2);
    settings.put("batch.size", 128 * 1024);
    settings.put("compression.type", Codec.type());
    settings.put("buffer.memory", 64L * 1024 * 1024);
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    return settings;
  }

  private static Map<String, Object> client(String bootstrapServers, String password) {
    var client = new HashMap<String, Object>();
    client.put("bootstrap.servers", bootstrapServers);
    if (!password.isEmpty()) {
      client.put("security.protocol", "SASL_PLAINTEXT");
      client.put("sasl.mechanism", "PLAIN");
      client.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
                  .formatted(USER)
              + " password=\"%s\";".formatted(password));
    }
    return client;
  }
}

package dev.earshot.bench.measure;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.stream.cluster.Codec;
import dev.earshot.stream.host.RocksSettings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Kafka Streams that reads, modifies and writes a state for each record, set up as our host is. */
final class BareStreams {

  private static final String STORE = "users";
  private static final int STATE_BYTES = 1_500;
  private static final long COMMIT_MILLIS = 200;
  private static final int THREADS = 2;
  private static final long MINUTES_MAX = 10;

  /** Of all records this share is for warming up. */
  private static final int WARM_UP_OF = 3;

  private final Rig rig;
  private final String topic;
  private final AtomicLong seen = new AtomicLong();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile long warmAt;
  private volatile long endAt;

  BareStreams(Rig rig) {
    this.rig = rig;
    topic = "bench-backlog-" + rig.run();
  }

  /** Returns how many records of a backlog of that length are worked off a second. */
  double run(int count) throws InterruptedException {
    var client = rig.log().client();
    new RawProducer(client, topic).fill(Stamp.of(Events.bytes(Events.counted(rig.run()))), count);
    try (var streams = new KafkaStreams(topology(count), settings(client))) {
      streams.setUncaughtExceptionHandler(_ -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
      streams.start();
      if (!done.await(MINUTES_MAX, TimeUnit.MINUTES)) {
        throw new BenchFailure("The bare Kafka Streams did not end.");
      }
    }
    return (count - count / WARM_UP_OF) * 1e9 / (endAt - warmAt);
  }

  private void saw(int count) {
    long number = seen.incrementAndGet();
    if (number == count / WARM_UP_OF) {
      warmAt = System.nanoTime();
    } else if (number == count) {
      endAt = System.nanoTime();
      done.countDown();
    }
  }

  private Topology topology(int count) {
    return new Topology()
        .addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic)
        .addProcessor(STORE, () -> new Counting(count), "events")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
            STORE);
  }

  private Properties settings(Map<String, Object> client) {
    var settings = new Properties();
    settings.putAll(client);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topic);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, rig.folder().resolve("bare-streams").toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    settings.put(StreamsConfig.POLL_MS_CONFIG, 10L);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 2000);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), Codec.type());
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
    return settings;
  }

  /** Counts in the first byte of a state that is as large, and as compressible, as a real one. */
  private final class Counting extends ContextualProcessor<byte[], byte[], Void, Void> {
    private final int count;
    private final byte[] fresh = fresh();
    private @Nullable KeyValueStore<byte[], byte[]> states;

    Counting(int count) {
      this.count = count;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      super.init(context);
      states = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
      var store = Objects.requireNonNull(states);
      var state = store.get(event.key());
      var next = state == null ? fresh.clone() : state;
      next[0]++;
      store.put(event.key(), next);
      saw(count);
    }

    private static byte[] fresh() {
      var random = new byte[STATE_BYTES / 2];
      new SplittableRandom(1).nextBytes(random);
      return HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    }
  }
}

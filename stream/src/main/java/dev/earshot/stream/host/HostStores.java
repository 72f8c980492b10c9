package dev.earshot.stream.host;

import dev.earshot.stream.cluster.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The stores of the host. Their names are for ever: a store under another name is an empty one. */
final class HostStores {

  static final String REPEATS = "repeats";

  /** A changelog is compacted early, so that a restore reads little more than what is there. */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "min.cleanable.dirty.ratio", "0.2",
          "segment.bytes", Integer.toString(64 * 1024 * 1024),
          "max.message.bytes", Integer.toString(Topics.RECORD_BYTES_MAX));

  private HostStores() {}

  static String states(String machine) {
    return machine;
  }

  static String timers(String machine) {
    return machine + "-timers";
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> statesOf(String machine) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(states(machine)), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG)
        .withCachingDisabled();
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> timersOf(String machine) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(timers(machine)), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG)
        .withCachingDisabled();
  }

  /** Two buckets are looked into, so as much is kept. */
  static StoreBuilder<WindowStore<String, Long>> repeats(Duration window) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(REPEATS, window.multipliedBy(2), window, false),
            Serdes.String(),
            Serdes.Long())
        .withLoggingEnabled(Map.of("segment.bytes", Integer.toString(64 * 1024 * 1024)))
        .withCachingDisabled();
  }

  /** Few and read whole, so kept in memory; the changelog has them. */
  static StoreBuilder<KeyValueStore<String, byte[]>> definitions() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(ActiveDefinitions.STORE),
            Serdes.String(),
            Serdes.ByteArray())
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }
}

package dev.earshot.stream.host;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The stores of the host. Their names are for ever: a store under another name is an empty one. */
final class HostStores {

  /** States and timers of both machines, each in its {@link Section}. */
  static final String STATE = "state";

  static final String REPEATS = "repeats";

  /** Compacted early, so that a restore reads little more than what there is. */
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.2");

  private HostStores() {}

  /** The topics that hold the stores, and their settings. */
  static Map<String, Map<String, String>> changelogs(Duration repeatsWindow) {
    var changelogs = new HashMap<String, Map<String, String>>();
    changelogs.put(changelog(STATE), COMPACTED);
    changelogs.put(changelog(ActiveDefinitions.STORE), COMPACTED);
    changelogs.put(changelog(REPEATS), expiring(repeatsWindow));
    return changelogs;
  }

  private static String changelog(String store) {
    return Host.APPLICATION + "-" + store + "-changelog";
  }

  /**
   * As long as both buckets may be looked into, and a day to be sure. Hardly a key comes twice, so
   * to compact them would copy all of them again and again for nothing.
   */
  private static Map<String, String> expiring(Duration repeatsWindow) {
    long kept = repeatsWindow.plus(repeatsWindow).plusDays(1).toMillis();
    return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(kept));
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> state() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STATE), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }

  /** Two buckets are looked into, so as much is kept. */
  static StoreBuilder<WindowStore<String, Long>> repeats(Duration window) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(REPEATS, window.plus(window), window, false),
            Serdes.String(),
            Serdes.Long())
        .withLoggingEnabled(Map.of())
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

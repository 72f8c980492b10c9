package dev.earshot.stream.host;

import java.util.LinkedHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The states of one partition. Those used last are at hand as well, since who is active now will
 * soon be asked for again; whatever is written is in the store at once.
 */
final class States<S> {

  private final Hosting<S, ?, ?> hosting;
  private final KeyValueStore<Bytes, byte[]> store;
  private final Shares memory;
  private final LinkedHashMap<String, Recent<S>> recent = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Recent<S>(Kept<S> kept, int bytes) {}

  /**
   * @param memory in which stored bytes are counted; read, a state takes some three times as much
   */
  States(Hosting<S, ?, ?> hosting, KeyValueStore<Bytes, byte[]> store, Shares memory) {
    this.hosting = hosting;
    this.store = store;
    this.memory = memory;
  }

  /** What is kept of the key; throws {@link Envelope.Unreadable} for what no version wrote. */
  @Nullable Kept<S> get(String key) {
    var known = recent.get(key);
    if (known != null) {
      return known.kept();
    }
    var stored = store.get(hosting.states().key(key));
    if (stored == null) {
      return null;
    }
    var kept = Kept.of(stored, hosting);
    remember(key, new Recent<>(kept, stored.length));
    return kept;
  }

  /**
   * @param stored the same as bytes
   */
  void put(String key, Kept<S> kept, byte[] stored) {
    store.put(hosting.states().key(key), stored);
    remember(key, new Recent<>(kept, stored.length));
  }

  void delete(String key) {
    store.delete(hosting.states().key(key));
    var gone = recent.remove(key);
    bytes -= gone == null ? 0 : gone.bytes();
  }

  private void remember(String key, Recent<S> now) {
    var before = recent.put(key, now);
    bytes += now.bytes() - (before == null ? 0 : before.bytes());
    var oldest = recent.values().iterator();
    while (bytes > memory.each()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}

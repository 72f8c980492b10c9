package dev.earshot.stream.host;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The states of one partition. Those used lately are at hand as well, since who is active now will
 * soon be asked for again; whatever is written is in the store at once.
 *
 * <p>What was used least lately goes all at once. One by one they would be taken out of a list that
 * runs all through old memory, and the garbage collector looks at all that was touched there.
 */
final class States<S> {

  private final Hosting<S, ?, ?> hosting;
  private final KeyValueStore<Bytes, byte[]> store;
  private final Shares memory;
  private Map<String, Recent<S>> recent = new HashMap<>();

  /** Those used before, and not since: in the one above there may be newer ones of these. */
  private Map<String, Recent<S>> earlier = new HashMap<>();

  /** What the recent ones take. */
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
    var before = earlier.get(key);
    if (before != null) {
      remember(key, before);
      return before.kept();
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
    // To put nothing deletes like the store's own delete, which reads what was there before.
    store.put(hosting.states().key(key), null);
    var gone = recent.remove(key);
    bytes -= gone == null ? 0 : gone.bytes();
    earlier.remove(key);
  }

  private void remember(String key, Recent<S> now) {
    var before = recent.put(key, now);
    bytes += now.bytes() - (before == null ? 0 : before.bytes());
    if (bytes > memory.each() / 2) {
      earlier = recent;
      recent = new HashMap<>();
      bytes = 0;
    }
  }
}

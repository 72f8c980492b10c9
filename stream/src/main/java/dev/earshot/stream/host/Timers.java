package dev.earshot.stream.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The running timers of all keys of a partition, in the order in which they are due. An index only:
 * what counts is the envelope of the key, and the two are written together.
 */
final class Timers {

  /** A running timer. */
  record Timer(long dueMillis, String key, String name) {}

  private static final byte[] PRESENT = {1};

  private final Section section;
  private final KeyValueStore<Bytes, byte[]> store;

  /** No timer stands before it: a scan that starts here meets no remains of fired ones. */
  private Bytes lowerBound;

  /** The one that is due next, if there is one; looked for when somebody asks. */
  private Optional<Timer> head = Optional.empty();

  private boolean headIsKnown;

  private Timers(Section section, KeyValueStore<Bytes, byte[]> store) {
    this.section = section;
    this.store = store;
    lowerBound = section.begin();
  }

  /** Those that run already. */
  static Timers of(Section section, KeyValueStore<Bytes, byte[]> store) {
    return new Timers(section, store);
  }

  void set(Timer timer) {
    var index = index(timer);
    store.put(index, PRESENT);
    if (index.compareTo(lowerBound) < 0) {
      lowerBound = index;
    }
    if (headIsKnown && (head.isEmpty() || index.compareTo(index(head.get())) < 0)) {
      head = Optional.of(timer);
    }
  }

  void remove(Timer timer) {
    // To put nothing deletes like the store's own delete, which reads what was there before.
    store.put(index(timer), null);
    if (head.filter(timer::equals).isPresent()) {
      headIsKnown = false;
    }
  }

  /** The timer that is due next. */
  Optional<Timer> head() {
    if (!headIsKnown) {
      head = look();
      headIsKnown = true;
    }
    return head;
  }

  boolean due(long nowMillis) {
    return head().filter(timer -> timer.dueMillis() <= nowMillis).isPresent();
  }

  /** The first so many of those that are due after one time and by another. */
  List<Timer> between(long afterMillis, long byMillis, int most) {
    var found = new ArrayList<Timer>();
    try (var rest = store.range(index(new Timer(afterMillis + 1, "", "")), section.end())) {
      while (rest.hasNext() && found.size() < most) {
        var timer = timer(rest.next().key);
        if (timer.dueMillis() > byMillis) {
          break;
        }
        found.add(timer);
      }
    }
    return found;
  }

  private Optional<Timer> look() {
    try (var rest = store.range(lowerBound, section.end())) {
      if (!rest.hasNext()) {
        return Optional.empty();
      }
      lowerBound = rest.peekNextKey();
      return Optional.of(timer(lowerBound));
    }
  }

  private Bytes index(Timer timer) {
    var key = timer.key().getBytes(StandardCharsets.UTF_8);
    var name = timer.name().getBytes(StandardCharsets.UTF_8);
    // With its sign turned a number sorts as bytes as it sorts as a number.
    return section.key(
        ByteBuffer.allocate(12 + key.length + name.length)
            .putLong(timer.dueMillis() ^ Long.MIN_VALUE)
            .putInt(key.length)
            .put(key)
            .put(name)
            .array());
  }

  private static Timer timer(Bytes index) {
    var buffer = Section.within(index);
    long due = buffer.getLong() ^ Long.MIN_VALUE;
    var key = new byte[buffer.getInt()];
    buffer.get(key);
    var name = new byte[buffer.remaining()];
    buffer.get(name);
    return new Timer(
        due, new String(key, StandardCharsets.UTF_8), new String(name, StandardCharsets.UTF_8));
  }
}

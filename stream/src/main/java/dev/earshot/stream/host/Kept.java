package dev.earshot.stream.host;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the host keeps of one key: the state of its machine and its running timers.
 *
 * @param timers the name of each, and when it is due in milliseconds since 1970; not to be changed
 */
record Kept<S>(S state, SortedMap<String, Long> timers) {

  /** What a key has that nobody has heard of. */
  static <S> Kept<S> nothing(S initial) {
    return new Kept<>(initial, new TreeMap<>());
  }

  /** Reads what was stored; throws {@link Envelope.Unreadable} for what no version wrote. */
  static <S> Kept<S> of(byte[] stored, Hosting<S, ?, ?> hosting) {
    var envelope = Envelope.read(stored);
    return new Kept<>(hosting.read(envelope.state()), envelope.timers());
  }
}

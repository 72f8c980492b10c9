package dev.earshot.stream.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is stored for one key: a state as bytes and its running timers, in one value, so that they
 * can never disagree.
 *
 * @param timers the name of each, and when it is due in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in passing, never compared
record Envelope(byte[] state, SortedMap<String, Long> timers) {

  private static final byte VERSION = 1;

  /** A value that no version of this program wrote. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  byte[] bytes() {
    var names = timers.keySet().stream().map(n -> n.getBytes(StandardCharsets.UTF_8)).toList();
    int length = 1 + 2 + state.length;
    for (var name : names) {
      length += 2 + name.length + 8;
    }
    var buffer = ByteBuffer.allocate(length).put(VERSION).putShort((short) names.size());
    var due = timers.values().iterator();
    for (var name : names) {
      buffer.putShort((short) name.length).put(name).putLong(due.next());
    }
    return buffer.put(state).array();
  }

  static Envelope read(byte[] bytes) {
    if (bytes.length < 3 || bytes[0] != VERSION) {
      throw new Unreadable("a stored state is not of version " + VERSION);
    }
    var buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    var timers = new TreeMap<String, Long>();
    for (int left = Short.toUnsignedInt(buffer.getShort()); left > 0; left--) {
      var name = new byte[Short.toUnsignedInt(buffer.getShort())];
      buffer.get(name);
      timers.put(new String(name, StandardCharsets.UTF_8), buffer.getLong());
    }
    return new Envelope(Arrays.copyOfRange(bytes, buffer.position(), bytes.length), timers);
  }
}

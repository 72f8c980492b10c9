package dev.earshot.stream.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** What the host's store holds, told apart by the first byte of a key. The bytes are for ever. */
enum Section {
  USERS('u'),
  USER_TIMERS('v'),
  DELIVERIES('d'),
  DELIVERY_TIMERS('e');

  private final byte mark;

  Section(char mark) {
    this.mark = (byte) mark;
  }

  Bytes key(String key) {
    return key(key.getBytes(StandardCharsets.UTF_8));
  }

  Bytes key(byte[] key) {
    return Bytes.wrap(ByteBuffer.allocate(1 + key.length).put(mark).put(key).array());
  }

  /** The key as it is within the section. */
  static ByteBuffer within(Bytes key) {
    return ByteBuffer.wrap(key.get(), 1, key.get().length - 1);
  }

  /** Not behind any key of the section. */
  Bytes begin() {
    return Bytes.wrap(new byte[] {mark});
  }

  /** Behind every key of the section, and no key itself. */
  Bytes end() {
    return Bytes.wrap(new byte[] {(byte) (mark + 1)});
  }
}

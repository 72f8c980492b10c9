package dev.earshot.engine.journey;

import dev.earshot.event.Properties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Reads what {@link StateWriter} wrote, and believes no length that passes the end. */
final class StateReader {

  private final byte[] bytes;
  private int next;

  StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int octet() {
    if (next >= bytes.length) {
      throw broken("it ends too early");
    }
    return bytes[next++] & 0xff;
  }

  long number() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      number |= (octet & 0x7fL) << shift;
      if (octet < 0x80) {
        return number;
      }
    }
    throw broken("a number is too long");
  }

  long signed() {
    long number = number();
    return (number >>> 1) ^ -(number & 1);
  }

  Instant time() {
    long millis = signed();
    return millis == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(millis);
  }

  String text() {
    int size = size();
    var text = new String(bytes, next, size, StandardCharsets.UTF_8);
    next += size;
    return text;
  }

  Properties properties() {
    int size = size();
    if (size == 0) {
      return Properties.EMPTY;
    }
    if (size < 2 || bytes[next] != '{' || bytes[next + size - 1] != '}') {
      throw broken("an object is expected");
    }
    next += size;
    return Properties.of(Arrays.copyOfRange(bytes, next - size, next));
  }

  /** A count of things of which each takes a byte at least. */
  int size() {
    long size = number();
    if (size < 0 || size > bytes.length - next) {
      throw broken("a length passes the end");
    }
    return (int) size;
  }

  int smallNumber() {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw broken("a number is too large");
    }
    return (int) number;
  }

  <T> List<T> list(Supplier<T> item) {
    int size = size();
    if (size == 0) {
      return List.of();
    }
    var items = new ArrayList<T>(size);
    for (int index = 0; index < size; index++) {
      items.add(item.get());
    }
    return items;
  }

  void end() {
    if (next != bytes.length) {
      throw broken("more follows its end");
    }
  }

  UserStateCodec.Unreadable broken(String reason) {
    return new UserStateCodec.Unreadable(
        "the state of a user cannot be read: "
            + reason
            + " (byte "
            + next
            + " of "
            + bytes.length
            + ")");
  }
}

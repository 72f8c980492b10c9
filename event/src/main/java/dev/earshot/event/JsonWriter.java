package dev.earshot.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document into a growing byte array. It keeps no structure: the caller opens and
 * closes what it opens; commas are set where they are due.
 */
public final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The characters of one byte that stand for themselves. */
  private static final boolean[] PLAIN = plainCharacters();

  private byte[] buffer;
  private int length;
  private boolean comma;

  public JsonWriter(int capacity) {
    buffer = new byte[capacity];
  }

  public JsonWriter open() {
    return begin('{');
  }

  public JsonWriter close() {
    return end('}');
  }

  public JsonWriter openItems() {
    return begin('[');
  }

  public JsonWriter closeItems() {
    return end(']');
  }

  public JsonWriter name(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  /** A name in which nothing has to be escaped, which is not looked for either. */
  private JsonWriter plainName(String name) {
    separate();
    put('"');
    ascii(name);
    put('"');
    put(':');
    comma = false;
    return this;
  }

  public JsonWriter text(String text) {
    separate();
    quoted(text);
    return this;
  }

  public JsonWriter number(long number) {
    separate();
    ascii(Long.toString(number));
    return this;
  }

  public JsonWriter truth(boolean value) {
    separate();
    ascii(value ? "true" : "false");
    return this;
  }

  /** A time in ISO 8601, UTC, with milliseconds. */
  public JsonWriter time(Instant time) {
    separate();
    put('"');
    room(Times.LENGTH);
    if (Times.write(time, buffer, length)) {
      length += Times.LENGTH;
    } else {
      ascii(time.toString());
    }
    put('"');
    return this;
  }

  /** A value that is JSON already. */
  public JsonWriter raw(byte[] json) {
    separate();
    room(json.length);
    System.arraycopy(json, 0, buffer, length, json.length);
    length += json.length;
    return this;
  }

  /** A member, or nothing at all when there is no text. The name is one of ours: plain. */
  public JsonWriter member(String name, @Nullable String text) {
    return text == null ? this : plainName(name).text(text);
  }

  public JsonWriter member(String name, @Nullable Instant time) {
    return time == null ? this : plainName(name).time(time);
  }

  public JsonWriter member(String name, long number) {
    return plainName(name).number(number);
  }

  public JsonWriter value(Value value) {
    switch (value) {
      case Value.Text(var text) -> text(text);
      case Value.Whole(var number) -> number(number);
      case Value.Decimal(var number) -> {
        separate();
        ascii(Double.toString(number));
      }
      case Value.Truth(var truth) -> truth(truth);
      case Value.Nothing() -> {
        separate();
        ascii("null");
      }
      case Value.Items(var items) -> {
        openItems();
        items.forEach(this::value);
        closeItems();
      }
      case Value.Fields(var fields) -> {
        open();
        fields.forEach((name, field) -> name(name).value(field));
        close();
      }
    }
    return this;
  }

  public byte[] bytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** The document that was written; the next one begins. */
  public byte[] take() {
    var document = bytes();
    length = 0;
    comma = false;
    return document;
  }

  private JsonWriter begin(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter end(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void quoted(String text) {
    put('"');
    int copied = plain(text);
    if (copied < text.length()) {
      escaped(text.substring(copied));
    }
    put('"');
  }

  /** Copies the characters that stand for themselves, up to the first that does not. */
  private int plain(String text) {
    int count = text.length();
    room(count);
    var target = buffer;
    int start = length;
    int copied = 0;
    while (copied < count) {
      char c = text.charAt(copied);
      if (c >= PLAIN.length || !PLAIN[c]) {
        break;
      }
      target[start + copied] = (byte) c;
      copied++;
    }
    length = start + copied;
    return copied;
  }

  private static boolean[] plainCharacters() {
    var plain = new boolean[0x7f];
    Arrays.fill(plain, ' ', plain.length, true);
    plain['"'] = false;
    plain['\\'] = false;
    return plain;
  }

  private void escaped(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        put('\\');
        put(b);
      } else if (b >= 0 && b < 0x20) {
        ascii("\\u00");
        put(HEX[b >> 4]);
        put(HEX[b & 0xf]);
      } else {
        put(b);
      }
    }
  }

  @SuppressWarnings("deprecation") // exactly the copy that is wanted: the low byte of each char
  private void ascii(String text) {
    room(text.length());
    text.getBytes(0, text.length(), buffer, length);
    length += text.length();
  }

  private void put(int b) {
    room(1);
    buffer[length++] = (byte) b;
  }

  private void room(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}

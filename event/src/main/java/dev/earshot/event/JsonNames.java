package dev.earshot.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names that a document is expected to have, found by their bytes without making a text. */
public final class JsonNames {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9e3779b97f4a7c15L;

  /** A table four times as large as it has to be, so that hardly two names want the same place. */
  private static final int SPREAD = 4;

  private final @Nullable String[] texts;
  private final byte[][] names;

  private JsonNames(int places) {
    texts = new String[places];
    names = new byte[places][];
  }

  /**
   * @param names of ASCII characters
   */
  public static JsonNames of(String... names) {
    var table = new JsonNames(Integer.highestOneBit(Math.max(1, names.length)) * 2 * SPREAD);
    for (var name : names) {
      table.put(name, name.getBytes(StandardCharsets.US_ASCII));
    }
    return table;
  }

  private void put(String text, byte[] name) {
    int place = hash(name, 0, name.length) & (texts.length - 1);
    while (texts[place] != null) {
      place = (place + 1) & (texts.length - 1);
    }
    texts[place] = text;
    names[place] = name;
  }

  /** The name that these bytes are, the same object every time; null when it is none of them. */
  @Nullable String find(byte[] document, int from, int to, int hash) {
    int place = hash & (texts.length - 1);
    while (texts[place] != null) {
      if (Arrays.equals(names[place], 0, names[place].length, document, from, to)) {
        return texts[place];
      }
      place = (place + 1) & (texts.length - 1);
    }
    return null;
  }

  /** The same number for the same bytes, wherever they stand. */
  static int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(bytes, at)) * MIX;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << Byte.SIZE | (bytes[at] & 0xff);
    }
    hash = (hash ^ rest) * MIX;
    return (int) (hash >>> Integer.SIZE);
  }
}

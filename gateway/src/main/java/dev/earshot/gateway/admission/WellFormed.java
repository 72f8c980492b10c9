package dev.earshot.gateway.admission;

import dev.earshot.event.Json;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a JSON reader lets pass and the log must not hold: bytes that are no UTF-8, and escapes that
 * stand for no character. Plain text is passed over eight bytes at a time.
 */
public final class WellFormed {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

  private WellFormed() {}

  /** Throws {@link Json.Malformed} unless the document is sound from its first byte to its last. */
  public static void require(byte[] document) {
    requireUtf8(document);
    if (!hasSoundEscapes(document, 0, document.length)) {
      throw new Json.Malformed("an escape stands for NUL or for half a character");
    }
  }

  /** A parser would guess at other encodings; JSON between systems is UTF-8 without a mark. */
  public static void requireUtf8(byte[] document) {
    boolean marked = document.length > 0 && document[0] == (byte) 0xef;
    boolean wide = document.length > 1 && (document[0] == 0 || document[1] == 0);
    if (marked || wide || !isUtf8(document)) {
      throw new Json.Malformed("the body is not UTF-8 without a byte order mark");
    }
  }

  /** Whether the bytes are UTF-8 to the letter: nothing overlong, no surrogates, none missing. */
  static boolean isUtf8(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (at + 8 <= bytes.length && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
        at += 8;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int length = sequence(bytes, at);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  /** Whether every {@code \}{@code uXXXX} stands for a character other than NUL. */
  static boolean hasSoundEscapes(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + 8 <= to && !hasBackslash((long) LONG.get(bytes, at))) {
        at += 8;
      } else if (bytes[at] != '\\') {
        at++;
      } else if (at + 1 < to && bytes[at + 1] != 'u') {
        at += 2;
      } else {
        int length = escape(bytes, at, to);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  private static boolean hasBackslash(long eight) {
    long zeroed = eight ^ BACKSLASHES;
    return ((zeroed - LOW_BITS) & ~zeroed & HIGH_BITS) != 0;
  }

  /** The length of the escape at {@code at}, of both halves of a pair; 0 when it is unsound. */
  private static int escape(byte[] bytes, int at, int to) {
    int unit = at + 6 <= to ? hex(bytes, at + 2) : 0;
    if (unit <= 0 || Character.isLowSurrogate((char) unit)) {
      return 0;
    }
    if (!Character.isHighSurrogate((char) unit)) {
      return 6;
    }
    boolean paired =
        at + 12 <= to
            && bytes[at + 6] == '\\'
            && bytes[at + 7] == 'u'
            && hex(bytes, at + 8) > 0
            && Character.isLowSurrogate((char) hex(bytes, at + 8));
    return paired ? 12 : 0;
  }

  /** Four hex digits; negative when they are none. */
  private static int hex(byte[] bytes, int from) {
    int value = 0;
    for (int at = from; at < from + 4; at++) {
      int digit = Character.digit(bytes[at], 16);
      value = digit < 0 ? -0x10000 : value * 16 + digit;
    }
    return value;
  }

  /** The length of the sequence at {@code at}; 0 when it is none. */
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return follows(bytes, at + 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
      int low = first == 0xe0 ? 0xa0 : 0x80;
      int high = first == 0xed ? 0x9f : 0xbf;
      return follows(bytes, at + 1, low, high) && follows(bytes, at + 2, 0x80, 0xbf) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
      int low = first == 0xf0 ? 0x90 : 0x80;
      int high = first == 0xf4 ? 0x8f : 0xbf;
      boolean whole =
          follows(bytes, at + 1, low, high)
              && follows(bytes, at + 2, 0x80, 0xbf)
              && follows(bytes, at + 3, 0x80, 0xbf);
      return whole ? 4 : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] bytes, int at, int low, int high) {
    return at < bytes.length && (bytes[at] & 0xff) >= low && (bytes[at] & 0xff) <= high;
  }
}

package dev.earshot.gateway.request;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates one gzip member, no further than a limit; anything around it is an error. */
final class Gzip {

  /** The bytes are no gzip member. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  /** They inflate to more than is allowed, or to too many times what was sent. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message);
    }
  }

  /** More than any JSON is compressed by; small bodies may be, for they do no harm. */
  private static final int RATIO_MAX = 100;

  private static final int HARMLESS_BYTES = 64 * 1024;
  private static final int HEADER_LENGTH = 10;
  private static final int TRAILER_LENGTH = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private Gzip() {}

  static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  static byte[] inflate(byte[] gzip, int bytesMax) throws Broken, TooLarge {
    int from = headerLength(gzip);
    var inflater = new Inflater(true);
    try {
      inflater.setInput(gzip, from, gzip.length - from);
      var plain = inflate(inflater, gzip.length, bytesMax);
      requireTrailer(gzip, from + (int) inflater.getBytesRead(), plain);
      return plain;
    } catch (DataFormatException e) {
      throw new Broken("the gzip data is broken");
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflate(Inflater inflater, int wireLength, int bytesMax)
      throws DataFormatException, Broken, TooLarge {
    int allowed = Math.min(bytesMax, Math.max(HARMLESS_BYTES, wireLength * RATIO_MAX));
    var plain = new byte[Math.min(allowed + 1, Math.max(512, wireLength * 4))];
    int length = 0;
    while (!inflater.finished()) {
      int more = inflater.inflate(plain, length, plain.length - length);
      length += more;
      if (length > allowed) {
        throw new TooLarge("the body inflates to more than " + allowed + " bytes");
      }
      if (length == plain.length) {
        plain = Arrays.copyOf(plain, Math.min(allowed + 1, length * 2));
      } else if (more == 0 && !inflater.finished()) {
        throw new Broken("the gzip data ends too early");
      }
    }
    return Arrays.copyOf(plain, length);
  }

  private static int headerLength(byte[] gzip) throws Broken {
    if (gzip.length < HEADER_LENGTH + TRAILER_LENGTH || gzip[2] != 8) {
      throw new Broken("the gzip header is broken");
    }
    int flags = gzip[3];
    int at = HEADER_LENGTH;
    if ((flags & EXTRA) != 0) {
      at += 2 + (gzip[at] & 0xff) + ((gzip[at + 1] & 0xff) << 8);
    }
    if ((flags & NAME) != 0) {
      at = afterText(gzip, at);
    }
    if ((flags & COMMENT) != 0) {
      at = afterText(gzip, at);
    }
    at += (flags & HEADER_CRC) == 0 ? 0 : 2;
    if (at > gzip.length - TRAILER_LENGTH) {
      throw new Broken("the gzip header is broken");
    }
    return at;
  }

  private static int afterText(byte[] gzip, int from) {
    int at = from;
    while (at < gzip.length && gzip[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static void requireTrailer(byte[] gzip, int at, byte[] plain) throws Broken {
    if (gzip.length - at < TRAILER_LENGTH) {
      throw new Broken("the gzip data ends too early");
    }
    if (gzip.length - at > TRAILER_LENGTH) {
      throw new Broken("there is more after the end of the gzip data");
    }
    var crc = new CRC32();
    crc.update(plain);
    if (int32(gzip, at) != (int) crc.getValue() || int32(gzip, at + 4) != plain.length) {
      throw new Broken("the gzip data does not match its checksum");
    }
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }
}

package dev.earshot.gateway.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipTest {

  @Test
  void whatWasDeflatedIsInflated() throws Exception {
    for (int length : new int[] {0, 1, 1_000, 65_536, 500_000}) {
      var plain = new byte[length];
      new Random(length).nextBytes(plain);
      assertArrayEquals(plain, Gzip.inflate(gzip(plain), 500_000));
    }
  }

  @Test
  void anyBrokenByteIsFound() throws Exception {
    var plain =
        "{\"userId\":\"u1\",\"event\":\"Pricing Viewed\"}"
            .repeat(20)
            .getBytes(StandardCharsets.UTF_8);
    var gzip = gzip(plain);
    for (int at = 10; at < gzip.length; at++) {
      var broken = gzip.clone();
      broken[at] ^= 0x55;
      assertThrows(Exception.class, () -> Gzip.inflate(broken, 500_000), "byte " + at);
    }
    for (int length = 0; length < gzip.length; length++) {
      var cut = Arrays.copyOf(gzip, length);
      assertThrows(Gzip.Broken.class, () -> Gzip.inflate(cut, 500_000), "length " + length);
    }
  }

  @Test
  void moreThanTheLimitOrTheRatioIsTooLarge() throws Exception {
    var noise = new byte[100_000];
    new Random(1).nextBytes(noise);

    assertThrows(Gzip.TooLarge.class, () -> Gzip.inflate(gzip(noise), 99_999));
    assertThrows(Gzip.TooLarge.class, () -> Gzip.inflate(gzip(new byte[100_000]), 500_000));
    assertArrayEquals(new byte[60_000], Gzip.inflate(gzip(new byte[60_000]), 500_000));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}

package dev.earshot.gateway.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WellFormedTest {

  @Test
  void utf8IsToldFromOtherBytesAsTheDecoderOfThePlatformDoes() {
    for (long seed = 0; seed < 20_000; seed++) {
      var bytes = nearlyUtf8(new Random(seed));
      assertEquals(isDecodable(bytes), WellFormed.isUtf8(bytes), "seed " + seed);
    }
  }

  @Test
  void escapesAreSoundWhenTheyStandForCharacters() {
    for (var sound :
        List.of("\\u0001", "\\ud83d\\ude00", "\\\\u0000", "\\\\\\n", "12345678\\u00e9")) {
      assertTrue(isSound(sound), sound);
    }
    for (var unsound :
        List.of(
            "\\u0000",
            "1234567\\u0000",
            "\\ud83d",
            "\\ud83dx\\ude00",
            "\\ude00\\ud83d",
            "\\ud83d\\u0041",
            "\\\\\\u0000",
            "\\ud83d\\ude0")) {
      assertFalse(isSound(unsound), unsound);
    }
  }

  private static boolean isSound(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return WellFormed.hasSoundEscapes(bytes, 0, bytes.length);
  }

  /** Text of all kinds of characters, in which now and then one byte is another. */
  private static byte[] nearlyUtf8(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(30);
    for (int at = 0; at < length; at++) {
      int plane = random.nextInt(4);
      int codePoint = random.nextInt(new int[] {0x80, 0x800, 0xd800, 0x110000}[plane]);
      text.appendCodePoint(codePoint);
    }
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static boolean isDecodable(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

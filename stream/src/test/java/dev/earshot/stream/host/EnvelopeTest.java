package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  /** Written by version 1; every later version must read it. */
  private static final String GOLDEN = "01" + "0001" + "0003746561" + "00000000000003e8" + "abcd";

  private final Envelope envelope =
      new Envelope(new byte[] {(byte) 0xab, (byte) 0xcd}, new TreeMap<>(Map.of("tea", 1000L)));

  @Test
  void itsBytesAreThoseOfTheGoldenFile() {
    assertEquals(GOLDEN, HexFormat.of().formatHex(envelope.bytes()));
  }

  @Test
  void itIsReadAsItWasWritten() {
    var read = Envelope.read(HexFormat.of().parseHex(GOLDEN));

    assertArrayEquals(envelope.state(), read.state());
    assertEquals(envelope.timers(), read.timers());
  }

  @Test
  void anotherVersionIsNotRead() {
    var bytes = envelope.bytes();
    bytes[0] = 2;

    assertThrows(Envelope.Unreadable.class, () -> Envelope.read(bytes));
  }
}

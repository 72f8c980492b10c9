package dev.earshot.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Sha256Test {

  @Test
  void aTextHasTheDigestThatTheStandardGivesIt() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.hex("abc"));
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Sha256.hex(""));
  }

  @Test
  void partsHaveTheDigestOfTheWhole() {
    assertArrayEquals(Sha256.of("abc"), Sha256.of("a".getBytes(UTF_8), "bc".getBytes(UTF_8)));
  }

  @Test
  void whatWasDigestedBeforeLeavesNoTrace() {
    var first = Sha256.of("ada");
    Sha256.of("bob");

    assertArrayEquals(first, Sha256.of("ada"));
  }
}

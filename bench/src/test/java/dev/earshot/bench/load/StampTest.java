package dev.earshot.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampTest {

  @Test
  void everyEventOfABatchGetsTheNextNumberAndAUserOfTheFew() {
    var event = "<" + Stamp.NUMBER + " " + Stamp.USER + ">";
    var stamp = Stamp.of(Events.bytes(event + event));

    assertEquals(2, stamp.events());
    assertEquals("<000000009999 000000009999><000000010000 000000000000>", text(stamp.with(9_999)));
    assertEquals("<000000000007 000000000007><000000000008 000000000008>", text(stamp.with(7)));
  }

  @Test
  void aCopyIsStampedForItself() {
    var stamp = Stamp.of(Events.bytes(Stamp.NUMBER));
    var copy = stamp.copy();

    var bytes = stamp.with(1);
    copy.with(2);

    assertEquals("000000000001", text(bytes));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}

package dev.earshot.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimesTest {

  @Test
  void everyTimeIsTheSameAfterItsText() {
    var random = new Random(7);
    for (int n = 0; n < 10_000; n++) {
      var time = Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 250_000_000_000_000L));
      var text = Times.text(time);
      assertEquals(Instant.parse(text), time, text);
      assertEquals(Optional.of(time), Times.parse(text), text);
    }
  }

  @Test
  void offsetsAndShortFormsAreRead() {
    var noon = Optional.of(Instant.parse("2026-01-31T12:00:00Z"));

    assertEquals(noon, Times.parse("2026-01-31T12:00:00Z"));
    assertEquals(noon, Times.parse("2026-01-31T14:00:00+02:00"));
    assertEquals(noon, Times.parse("2026-01-31T12:00:00.000000Z"));
    assertEquals(noon, Times.parse("2026-01-31T12:00:00"));
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (var text :
        new String[] {"", "now()", "2026-02-30T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "-1"}) {
      assertEquals(Optional.empty(), Times.parse(text), text);
    }
  }
}

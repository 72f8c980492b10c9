package dev.earshot.engine.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void aNumberAndItsUnitIsADuration() {
    assertEquals(Optional.of(Duration.ofSeconds(30)), Durations.parse("30s"));
    assertEquals(Optional.of(Duration.ofMinutes(15)), Durations.parse("15m"));
    assertEquals(Optional.of(Duration.ofDays(1)), Durations.parse("24h"));
    assertEquals(Optional.of(Duration.ofDays(7)), Durations.parse("7d"));
  }

  @Test
  void anythingElseIsNone() {
    for (var text : List.of("", "d", "7", "7 d", "-7d", "7w", "1.5h", "P7D", "99999999999d")) {
      assertEquals(Optional.empty(), Durations.parse(text), text);
    }
  }

  @Test
  void aPersonReadsItsTwoLargestUnits() {
    assertEquals("24 h", Durations.shown(Duration.ofDays(1)));
    assertEquals("7 days", Durations.shown(Duration.ofDays(7)));
    assertEquals("3 days 4 h", Durations.shown(Duration.ofHours(76).plusMinutes(5)));
    assertEquals("1 h 20 min", Durations.shown(Duration.ofMinutes(80)));
    assertEquals("14 min", Durations.shown(Duration.ofMinutes(14)));
    assertEquals("5 s", Durations.shown(Duration.ofMillis(5_400)));
    assertEquals("7 ms", Durations.shown(Duration.ofMillis(7)));
  }
}

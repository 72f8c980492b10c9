package dev.earshot.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
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

  /** The JDK's own formatter is the measure; spoilt texts keep close to what is a time. */
  @Test
  void aTextIsReadAsTheJdkReadsIt() {
    var random = new Random(11);
    var seconds =
        new String[] {"2026-02-28T23:59:59", "2024-02-29T00:00:00", "1969-12-31T12:30:01"};
    var fractions = new String[] {"", ".", ".5", ".271", ".271999", ".123456789", ".1234567890"};
    var zones = new String[] {"", "Z", "z", "+02:00", "-11:30", "+18:00", "+19:00", "+0200", "+02"};
    for (int n = 0; n < 20_000; n++) {
      var text = any(seconds, random) + any(fractions, random) + any(zones, random);
      if (random.nextBoolean()) {
        int at = random.nextInt(text.length());
        text =
            text.substring(0, at)
                + "0123459:-+.TZ ".charAt(random.nextInt(14))
                + text.substring(at + 1);
      }
      assertEquals(read(text), Times.parse(text), text);
    }
  }

  private static String any(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  private static Optional<Instant> read(String text) {
    try {
      var time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          (time instanceof OffsetDateTime offset
                  ? offset.toInstant()
                  : ((LocalDateTime) time).toInstant(ZoneOffset.UTC))
              .truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (var text :
        new String[] {"", "now()", "2026-02-30T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "-1"}) {
      assertEquals(Optional.empty(), Times.parse(text), text);
    }
  }
}

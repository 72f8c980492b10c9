package dev.earshot.engine.audience;

import java.time.Duration;
import java.util.Optional;

/** Durations as definitions write them, {@code 30s 15m 24h 7d}, and as people read them. */
public final class Durations {

  private static final int DIGITS_MAX = 9;

  private Durations() {}

  /** Reads a whole number and its unit; empty when the text is no such duration. */
  public static Optional<Duration> parse(String text) {
    int last = text.length() - 1;
    if (last < 1 || last > DIGITS_MAX) {
      return Optional.empty();
    }
    int number = 0;
    for (int index = 0; index < last; index++) {
      char digit = text.charAt(index);
      if (digit < '0' || digit > '9') {
        return Optional.empty();
      }
      number = number * 10 + (digit - '0');
    }
    return switch (text.charAt(last)) {
      case 's' -> Optional.of(Duration.ofSeconds(number));
      case 'm' -> Optional.of(Duration.ofMinutes(number));
      case 'h' -> Optional.of(Duration.ofHours(number));
      case 'd' -> Optional.of(Duration.ofDays(number));
      default -> Optional.empty();
    };
  }

  /** In a person's words, to the two largest units: {@code 24 h}, {@code 3 days 4 h}. */
  public static String shown(Duration duration) {
    if (duration.compareTo(Duration.ofDays(2)) >= 0) {
      return shown(duration.toDays(), " days", duration.toHoursPart(), " h");
    }
    if (duration.toHours() > 0) {
      return shown(duration.toHours(), " h", duration.toMinutesPart(), " min");
    }
    if (duration.toMinutes() > 0) {
      return shown(duration.toMinutes(), " min", duration.toSecondsPart(), " s");
    }
    return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  private static String shown(long large, String largeUnit, int small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + ' ' + small + smallUnit;
  }
}

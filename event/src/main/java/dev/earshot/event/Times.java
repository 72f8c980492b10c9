package dev.earshot.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as text: ISO 8601 in UTC with milliseconds, {@code 2026-11-20T22:05:22.271Z}. */
public final class Times {

  static final int LENGTH = 24;
  private static final int SECONDS_LENGTH = 19;
  private static final int FRACTION_END_MAX = SECONDS_LENGTH + 10;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long UNUSUAL = Long.MIN_VALUE;

  private static volatile Day lastDay = Day.of(0);

  private Times() {}

  public static String text(Instant time) {
    var text = new byte[LENGTH];
    return write(time, text, 0) ? new String(text, StandardCharsets.ISO_8859_1) : time.toString();
  }

  /**
   * Writes the {@value #LENGTH} characters of a time into {@code text}, from {@code at} on; false
   * when its year has not four digits, and its text another length.
   */
  static boolean write(Instant time, byte[] text, int at) {
    long millis = time.toEpochMilli();
    var day = writtenDay(Math.floorDiv(millis, DAY_MILLIS));
    if (day.text.length == 0) {
      return false;
    }
    int ofDay = (int) Math.floorMod(millis, DAY_MILLIS);
    System.arraycopy(day.text, 0, text, at, day.text.length);
    text[at + 10] = 'T';
    digits(text, at + 11, 2, ofDay / 3_600_000);
    text[at + 13] = ':';
    digits(text, at + 14, 2, ofDay / 60_000 % 60);
    text[at + 16] = ':';
    digits(text, at + 17, 2, ofDay / 1000 % 60);
    text[at + 19] = '.';
    digits(text, at + 20, 3, ofDay % 1000);
    text[at + 23] = 'Z';
    return true;
  }

  /** One after another, times are mostly of the same day. */
  private static Day writtenDay(long number) {
    var day = lastDay;
    if (day.number != number) {
      day = Day.of(number);
      lastDay = day;
    }
    return day;
  }

  /** A day as it is written; with no text when its year has not four digits. */
  private static final class Day {
    private final long number;
    private final byte[] text;

    private Day(long number, byte[] text) {
      this.number = number;
      this.text = text;
    }

    static Day of(long number) {
      var date = LocalDate.ofEpochDay(number);
      boolean usual = date.getYear() >= 0 && date.getYear() <= 9999;
      return new Day(
          number, usual ? date.toString().getBytes(StandardCharsets.US_ASCII) : new byte[0]);
    }
  }

  /** Reads ISO 8601 with any offset, cut to milliseconds; empty when the text is no such time. */
  public static Optional<Instant> parse(String text) {
    long millis = usual(text);
    return millis == UNUSUAL ? unusual(text) : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** The form in which nearly all clients write, read without any object. */
  private static long usual(String text) {
    if (text.length() < SECONDS_LENGTH || !shaped(text)) {
      return UNUSUAL;
    }
    long day = day(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    if (day == UNUSUAL || !within(hour, 23) || !within(minute, 59) || !within(second, 59)) {
      return UNUSUAL;
    }
    int zone = zoneAt(text);
    long offset = offsetMillis(text, zone);
    if (zone == SECONDS_LENGTH + 1 || zone > FRACTION_END_MAX || offset == UNUSUAL) {
      return UNUSUAL;
    }
    int ofDay = hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction(text, zone);
    return day * DAY_MILLIS + ofDay - offset;
  }

  private static boolean shaped(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static long day(int year, int month, int day) {
    boolean real =
        year >= 0
            && within(month - 1, 11)
            && day >= 1
            && day <= Month.of(month).length(Year.isLeap(year));
    return real ? LocalDate.of(year, month, day).toEpochDay() : UNUSUAL;
  }

  /** Where the offset begins: behind the seconds, or behind a point and its digits. */
  private static int zoneAt(String text) {
    int at = SECONDS_LENGTH;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    return at;
  }

  /** The milliseconds of a fraction that ends before {@code end}; more digits are cut. */
  private static int fraction(String text, int end) {
    int millis = 0;
    for (int at = SECONDS_LENGTH + 1; at < SECONDS_LENGTH + 4; at++) {
      millis = millis * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return millis;
  }

  /** A time without an offset is in UTC. */
  private static long offsetMillis(String text, int at) {
    int length = text.length() - at;
    if (length == 0 || (length == 1 && text.charAt(at) == 'Z')) {
      return 0;
    }
    if (length != 6 || text.charAt(at + 3) != ':') {
      return UNUSUAL;
    }
    int hours = number(text, at + 1, 2);
    int minutes = number(text, at + 4, 2);
    if (!within(hours, 17) || !within(minutes, 59)) {
      return UNUSUAL;
    }
    long millis = hours * 3_600_000L + minutes * 60_000L;
    return switch (text.charAt(at)) {
      case '+' -> millis;
      case '-' -> -millis;
      default -> UNUSUAL;
    };
  }

  private static Optional<Instant> unusual(String text) {
    try {
      var time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      var instant =
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
      return Optional.of(Instant.ofEpochMilli(instant.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static boolean within(int number, int max) {
    return number >= 0 && number <= max;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int length) {
    int number = 0;
    for (int at = from; at < from + length; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static void digits(byte[] text, int from, int length, int number) {
    for (int at = from + length - 1; at >= from; at--) {
      text[at] = (byte) ('0' + number % 10);
      number /= 10;
    }
  }
}

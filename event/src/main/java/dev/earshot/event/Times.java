package dev.earshot.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as text: ISO 8601 in UTC with milliseconds, {@code 2026-11-20T22:05:22.271Z}. */
public final class Times {

  private static final int LENGTH = 24;
  private static final long DAY_MILLIS = 86_400_000;

  private Times() {}

  public static String text(Instant time) {
    long millis = time.toEpochMilli();
    var date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
    if (date.getYear() < 0 || date.getYear() > 9999) {
      return time.toString();
    }
    int ofDay = (int) Math.floorMod(millis, DAY_MILLIS);
    var text = new char[LENGTH];
    digits(text, 0, 4, date.getYear());
    text[4] = '-';
    digits(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, ofDay / 3_600_000);
    text[13] = ':';
    digits(text, 14, 2, ofDay / 60_000 % 60);
    text[16] = ':';
    digits(text, 17, 2, ofDay / 1000 % 60);
    text[19] = '.';
    digits(text, 20, 3, ofDay % 1000);
    text[23] = 'Z';
    return new String(text);
  }

  /** Reads ISO 8601 with any offset, cut to milliseconds; empty when the text is no such time. */
  public static Optional<Instant> parse(String text) {
    if (text.length() == LENGTH && text.charAt(23) == 'Z') {
      var fast = parseOurs(text);
      if (fast.isPresent()) {
        return fast;
      }
    }
    try {
      var time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, java.time.LocalDateTime::from);
      var instant =
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((java.time.LocalDateTime) time).toInstant(ZoneOffset.UTC);
      return Optional.of(Instant.ofEpochMilli(instant.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> parseOurs(String text) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    int millis = number(text, 20, 3);
    boolean shaped =
        text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && text.charAt(19) == '.';
    boolean inRange =
        (year | millis) >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= Month.of(month).length(Year.isLeap(year))
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59;
    if (!shaped || !inRange) {
      return Optional.empty();
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Optional.of(
        Instant.ofEpochMilli(
            days * DAY_MILLIS + hour * 3_600_000L + minute * 60_000L + second * 1000L + millis));
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

  private static void digits(char[] text, int from, int length, int number) {
    for (int at = from + length - 1; at >= from; at--) {
      text[at] = (char) ('0' + number % 10);
      number /= 10;
    }
  }
}

package dev.earshot.app.cli;

import dev.earshot.event.Subject;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Whole;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values of the API as people read them. */
final class Shown {

  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private Shown() {}

  /** A time of the API in the reader's own time zone; any other value as it is. */
  static String dateAndTime(Value value) {
    return inZone(value, DATE_AND_TIME);
  }

  static String time(Value value) {
    return inZone(value, TIME);
  }

  /** {@code plan=pro employees=80} */
  static String pairs(Fields fields) {
    return fields.fields().entrySet().stream()
        .map(field -> field.getKey() + "=" + shortened(field.getValue().shown(), 80))
        .collect(Collectors.joining(" "));
  }

  static Fields fields(Value value) {
    return value instanceof Fields fields ? fields : Fields.EMPTY;
  }

  /** The objects of an array; none when the value is no array. */
  static List<Fields> items(Value value) {
    return value instanceof Items(var items)
        ? items.stream().map(Shown::fields).toList()
        : List.of();
  }

  static long number(Value value) {
    return value instanceof Whole(var number) ? number : 0;
  }

  /** {@code 1 event}, {@code 2 events} */
  static String count(long number, String noun) {
    return count(number, noun, noun + "s");
  }

  static String count(long number, String noun, String nouns) {
    return grouped(number) + " " + (number == 1 ? noun : nouns);
  }

  /** {@code 1,234,567} */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /** The id in a record key such as {@code default|u:ada}. */
  static String person(Value key) {
    return key instanceof Text(var text) ? Subject.parse(text).map(Subject::id).orElse(text) : "";
  }

  private static String inZone(Value value, DateTimeFormatter format) {
    return Times.parse(value.shown()).map(time -> inZone(time, format)).orElse(value.shown());
  }

  private static String inZone(Instant time, DateTimeFormatter format) {
    return format.format(time.atZone(ZoneId.systemDefault()));
  }
}

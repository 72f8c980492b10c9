package dev.earshot.channel.template;

import static java.util.regex.Matcher.quoteReplacement;

import dev.earshot.event.Times;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Whole;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Times in the words of strftime, in UTC: {@code %d %B %Y}. */
final class DateFilter {

  private static final int FORMAT_LENGTH_MAX = 256;
  private static final Pattern DIRECTIVE = Pattern.compile("%(-?)([A-Za-z%])");

  private DateFilter() {}

  /** What is not a time, or has no format, is shown as it came. */
  static Operand format(Operand input, String format) {
    var time = time(input);
    if (time.isEmpty() || format.isEmpty() || format.length() > FORMAT_LENGTH_MAX) {
      return input;
    }
    return Operand.of(written(time.get().atZone(ZoneOffset.UTC), format));
  }

  private static Optional<Instant> time(Operand input) {
    return switch (input.value()) {
      case Text(var text) -> Times.parse(text);
      case Whole(var seconds) when Math.abs(seconds) < 1L << 36 ->
          Optional.of(Instant.ofEpochSecond(seconds));
      default -> Optional.empty();
    };
  }

  private static String written(ZonedDateTime time, String format) {
    return DIRECTIVE.matcher(format).replaceAll(found -> quoteReplacement(part(time, found)));
  }

  private static String part(ZonedDateTime time, MatchResult directive) {
    var part = part(time, directive.group(2).charAt(0));
    return directive.group(1).isEmpty() ? part : withoutZero(part);
  }

  private static String withoutZero(String part) {
    return part.length() > 1 && part.charAt(0) == '0' ? part.substring(1) : part;
  }

  private static String part(ZonedDateTime time, char letter) {
    return switch (letter) {
      case 'Y' -> pattern(time, "yyyy");
      case 'y' -> pattern(time, "yy");
      case 'm' -> pattern(time, "MM");
      case 'd' -> pattern(time, "dd");
      case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'j' -> pattern(time, "DDD");
      case 'B' -> pattern(time, "MMMM");
      case 'b', 'h' -> pattern(time, "MMM");
      case 'A' -> pattern(time, "EEEE");
      case 'a' -> pattern(time, "EEE");
      case 'H' -> pattern(time, "HH");
      case 'I' -> pattern(time, "hh");
      case 'l' -> pattern(time, "h");
      case 'M' -> pattern(time, "mm");
      case 'S' -> pattern(time, "ss");
      case 'L' -> pattern(time, "SSS");
      case 'p' -> pattern(time, "a");
      case 'P' -> pattern(time, "a").toLowerCase(Locale.ROOT);
      case 'Z' -> "UTC";
      case 'z' -> "+0000";
      case 's' -> Long.toString(time.toEpochSecond());
      case 'F' -> pattern(time, "yyyy-MM-dd");
      case 'T' -> pattern(time, "HH:mm:ss");
      case 'R' -> pattern(time, "HH:mm");
      case 'D', 'x' -> pattern(time, "MM/dd/yy");
      case '%' -> "%";
      default -> "%" + letter;
    };
  }

  private static String pattern(ZonedDateTime time, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }
}

package dev.earshot.engine.audience;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Decimal;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A question to one value, such as {@code at-least 50}.
 *
 * <p>Products send the same trait now as a number, now as text, so a text that reads as a decimal
 * number equals that number and is ordered with it: {@code "50"} is 50, and is at least 9. In the
 * same way the texts {@code "true"} and {@code "false"} equal the truth values. Two texts that are
 * not both numbers are ordered by their characters, which puts ISO dates in order of time. Text is
 * compared with its case. What cannot be ordered, and what is missing, is neither less nor more.
 *
 * @param operand what the value is compared with: items for {@link Operator#ONE_OF}, a truth for
 *     {@link Operator#EXISTS}, else a single value
 */
public record Comparison(Operator operator, Value operand) {

  /** The ways to compare. */
  public enum Operator {
    IS,
    IS_NOT,
    ONE_OF,
    AT_LEAST,
    AT_MOST,
    MORE_THAN,
    LESS_THAN,
    CONTAINS,
    STARTS_WITH,
    EXISTS;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String words = word.replace('-', ' ');

    /** The word in definitions: {@code at-least}. */
    public String word() {
      return word;
    }

    /** The words in a sentence: {@code at least}. */
    String words() {
      return words;
    }
  }

  private static final int NUMBER_LENGTH_MAX = 18;

  public boolean holds(Value actual) {
    return switch (operator) {
      case IS -> same(actual, operand);
      case IS_NOT -> !same(actual, operand);
      case ONE_OF -> contains(operand, actual);
      case AT_LEAST -> order(actual).orElse(-1) >= 0;
      case AT_MOST -> order(actual).orElse(1) <= 0;
      case MORE_THAN -> order(actual).orElse(0) > 0;
      case LESS_THAN -> order(actual).orElse(0) < 0;
      case CONTAINS -> contains(actual, operand);
      case STARTS_WITH -> actual instanceof Text(var text) && text.startsWith(operand.shown());
      case EXISTS -> operand.equals(Value.of(!(actual instanceof Nothing)));
    };
  }

  /** In a person's words: {@code at least 50}. */
  public String words() {
    return operator.words() + ' ' + Json.text(operand);
  }

  private static boolean same(Value one, Value other) {
    if (one.getClass() == other.getClass()) {
      return one.equals(other);
    }
    if (isNumber(one) && isNumber(other)) {
      return number(one) == number(other);
    }
    return isTruth(one, other) || isTruth(other, one);
  }

  private static boolean isTruth(Value word, Value value) {
    return word instanceof Text(var text)
        && value instanceof Truth(var truth)
        && text.equals(Boolean.toString(truth));
  }

  private static boolean contains(Value whole, Value part) {
    return switch (whole) {
      case Items(var items) -> items.stream().anyMatch(item -> same(item, part));
      case Text(var text) -> text.contains(part.shown());
      default -> false;
    };
  }

  private OptionalInt order(Value actual) {
    if (actual instanceof Whole(var one) && operand instanceof Whole(var other)) {
      return OptionalInt.of(Long.compare(one, other));
    }
    if (isNumber(actual) && isNumber(operand)) {
      return OptionalInt.of(Double.compare(number(actual), number(operand)));
    }
    if (actual instanceof Text(var one) && operand instanceof Text(var other)) {
      return OptionalInt.of(one.compareTo(other));
    }
    return OptionalInt.empty();
  }

  private static boolean isNumber(Value value) {
    return switch (value) {
      case Whole _, Decimal _ -> true;
      case Text(var text) -> isNumber(text);
      default -> false;
    };
  }

  private static double number(Value value) {
    return switch (value) {
      case Whole(var number) -> number;
      case Decimal(var number) -> number;
      case Text(var text) -> Double.parseDouble(text);
      default -> Double.NaN;
    };
  }

  /** Digits with at most one sign before and one point inside: no exponent, no blank, no NaN. */
  private static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int length = text.length();
    if (length == start || length > NUMBER_LENGTH_MAX || text.charAt(length - 1) == '.') {
      return false;
    }
    boolean point = false;
    for (int index = start; index < length; index++) {
      char c = text.charAt(index);
      if (c == '.' && index > start && !point) {
        point = true;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}

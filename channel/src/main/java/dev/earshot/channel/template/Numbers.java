package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Decimal;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Whole;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Arithmetic in 64 bits: what does not fit becomes the nearest double, and never grows. */
final class Numbers {

  private static final int LENGTH_MAX = 32;

  private Numbers() {}

  /** The value as a number, 0 where it is none. */
  static Value number(Value value) {
    if (value instanceof Whole || value instanceof Decimal) {
      return value;
    }
    return value instanceof Text(var text) ? parse(text.strip()) : Value.of(0);
  }

  static long whole(Value value) {
    return number(value) instanceof Whole(var number) ? number : (long) decimal(number(value));
  }

  /** The number as a double, NaN where the value is none. */
  static double decimal(Value value) {
    return switch (value) {
      case Whole(var number) -> number;
      case Decimal(var number) -> number;
      default -> Double.NaN;
    };
  }

  /** Applies {@code exact} to whole numbers where it fits, else {@code near}. */
  static Value apply(Value left, Value right, LongBinaryOperator exact, DoubleBinaryOperator near) {
    var a = number(left);
    var b = number(right);
    if (a instanceof Whole(var x) && b instanceof Whole(var y)) {
      try {
        return Value.of(exact.applyAsLong(x, y));
      } catch (ArithmeticException e) {
        if (y == 0) {
          return Nothing.NOTHING;
        }
      }
    }
    return finite(near.applyAsDouble(decimal(a), decimal(b)));
  }

  static Value finite(double number) {
    return Double.isFinite(number) ? Value.of(number) : Nothing.NOTHING;
  }

  static Value parse(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return Value.of(0);
    }
    try {
      return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
          ? Value.of(Long.parseLong(text))
          : finite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Value.of(0);
    }
  }
}

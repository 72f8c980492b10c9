package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Whole;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** The filters that work on numbers. */
final class NumberFilters {

  private static final int DIGITS_MAX = 12;

  private NumberFilters() {}

  static void addTo(Map<String, Filter> filters) {
    binary(filters, "plus", Math::addExact, Double::sum);
    binary(filters, "minus", Math::subtractExact, (a, b) -> a - b);
    binary(filters, "times", Math::multiplyExact, (a, b) -> a * b);
    binary(filters, "divided_by", Math::floorDiv, (a, b) -> a / b);
    binary(filters, "modulo", Math::floorMod, (a, b) -> a - b * Math.floor(a / b));
    binary(filters, "at_least", Math::max, Math::max);
    binary(filters, "at_most", Math::min, Math::min);
    whole(filters, "ceil", Math::ceil);
    whole(filters, "floor", Math::floor);
    filters.put("abs", (in, _, _) -> abs(Numbers.number(in.value())));
    filters.put("round", (in, with, _) -> round(Numbers.number(in.value()), with));
  }

  private static void binary(
      Map<String, Filter> filters,
      String name,
      LongBinaryOperator exact,
      DoubleBinaryOperator near) {
    filters.put(
        name, (in, with, _) -> Operand.of(Numbers.apply(in.value(), with.at(0), exact, near)));
  }

  private static void whole(Map<String, Filter> filters, String name, DoubleUnaryOperator change) {
    filters.put(
        name,
        (in, _, _) ->
            Numbers.number(in.value()) instanceof Whole whole
                ? Operand.of(whole)
                : Operand.of(
                    (long) change.applyAsDouble(Numbers.decimal(Numbers.number(in.value())))));
  }

  private static Operand abs(Value number) {
    return number instanceof Whole(var whole) && whole != Long.MIN_VALUE
        ? Operand.of(Math.abs(whole))
        : Operand.of(Value.of(Math.abs(Numbers.decimal(number))));
  }

  private static Operand round(Value number, Filter.Arguments arguments) {
    int digits = Math.clamp(Numbers.whole(arguments.at(0)), 0, DIGITS_MAX);
    if (number instanceof Whole || digits == 0) {
      return number instanceof Whole
          ? Operand.of(number)
          : Operand.of(Math.round(Numbers.decimal(number)));
    }
    double scale = Math.pow(10, digits);
    return Operand.of(Numbers.finite(Math.round(Numbers.decimal(number) * scale) / scale));
  }
}

package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Decimal;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.util.OptionalInt;

/** How Liquid compares values: kindly, and never with an error. */
final class Comparison {

  private Comparison() {}

  /** Only {@code false} and what is not there are not true. */
  static boolean truthy(Value value) {
    return !(value instanceof Nothing) && !value.equals(new Truth(false));
  }

  static boolean equal(Value left, Value right) {
    if (left instanceof Text || right instanceof Text) {
      return left.equals(right);
    }
    var order = order(left, right);
    return order.isPresent() ? order.getAsInt() == 0 : left.equals(right);
  }

  /** Empty where the two cannot be put in an order. */
  static OptionalInt order(Value left, Value right) {
    if (left instanceof Text(var a) && right instanceof Text(var b)) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (left instanceof Whole(var a) && right instanceof Whole(var b)) {
      return OptionalInt.of(Long.compare(a, b));
    }
    double a = Numbers.decimal(left);
    double b = Numbers.decimal(right);
    return Double.isNaN(a) || Double.isNaN(b)
        ? OptionalInt.empty()
        : OptionalInt.of(Double.compare(a, b));
  }

  static boolean contains(Value whole, Value part) {
    return switch (whole) {
      case Text(var text) -> !(part instanceof Nothing) && text.contains(part.shown());
      case Items(var items) -> items.stream().anyMatch(item -> equal(item, part));
      case Fields fields -> fields.fields().containsKey(part.shown());
      case Whole _, Decimal _, Truth _, Nothing _ -> false;
    };
  }

  /** Whether there is nothing in it: no text, no items, no fields, no value. */
  static boolean empty(Value value) {
    return switch (value) {
      case Text(var text) -> text.isEmpty();
      case Items(var items) -> items.isEmpty();
      case Fields(var fields) -> fields.isEmpty();
      case Nothing _ -> true;
      case Whole _, Decimal _, Truth _ -> false;
    };
  }
}

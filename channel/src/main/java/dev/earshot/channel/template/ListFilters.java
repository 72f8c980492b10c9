package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The filters that work on lists; a value that is no list counts as a list of itself. */
final class ListFilters {

  private ListFilters() {}

  static void addTo(Map<String, Filter> filters) {
    list(filters, "reverse", ListFilters::reversed);
    list(filters, "sort", ListFilters::sorted);
    list(filters, "uniq", items -> List.copyOf(new LinkedHashSet<>(items)));
    list(filters, "compact", items -> items.stream().filter(ListFilters::there).toList());
    filters.put("first", (in, _, _) -> end(in, true));
    filters.put("last", (in, _, _) -> end(in, false));
    filters.put("size", (in, _, _) -> Operand.of(size(in.value())));
    filters.put("map", (in, with, _) -> map(items(in), with.text(0)));
    filters.put("join", (in, with, scope) -> join(items(in), glue(with), scope));
    filters.put("split", (in, with, _) -> TextFilters.split(Scope.shown(in.value()), with.text(0)));
    filters.put("concat", (in, with, _) -> concat(items(in), with.at(0)));
    filters.put("slice", (in, with, _) -> slice(in, with));
  }

  private static void list(
      Map<String, Filter> filters, String name, UnaryOperator<List<Value>> change) {
    filters.put(name, (in, _, _) -> Operand.of(new Items(change.apply(items(in)))));
  }

  static List<Value> items(Operand input) {
    return switch (input.value()) {
      case Items(var items) -> items;
      case Nothing _ -> List.of();
      case Value other -> List.of(other);
    };
  }

  private static boolean there(Value value) {
    return !(value instanceof Nothing);
  }

  private static List<Value> reversed(List<Value> items) {
    var reversed = new ArrayList<>(items);
    Collections.reverse(reversed);
    return reversed;
  }

  /** In order; what cannot be compared keeps to the order of its text. */
  private static List<Value> sorted(List<Value> items) {
    boolean numbers = items.stream().noneMatch(item -> Double.isNaN(Numbers.decimal(item)));
    return items.stream()
        .sorted((a, b) ->
            numbers
                ? Double.compare(Numbers.decimal(a), Numbers.decimal(b))
                : a.shown().compareTo(b.shown()))
        .toList();
  }

  private static Operand end(Operand input, boolean first) {
    var items = items(input);
    if (items.isEmpty()) {
      return Operand.NOTHING;
    }
    return Operand.of(first ? items.getFirst() : items.getLast());
  }

  static long size(Value value) {
    return switch (value) {
      case Text(var text) -> text.length();
      case Items(var items) -> items.size();
      case Fields(var fields) -> fields.size();
      default -> 0;
    };
  }

  private static Operand map(List<Value> items, String name) {
    return Operand.of(
        new Items(
            items.stream()
                .map(item -> item instanceof Fields fields ? fields.get(name) : Nothing.NOTHING)
                .toList()));
  }

  private static String glue(Filter.Arguments arguments) {
    return arguments.has(0) ? arguments.text(0) : " ";
  }

  private static Operand join(List<Value> items, String glue, Scope scope) {
    var shown = items.stream().map(Scope::shown).toList();
    long length = (long) glue.length() * items.size();
    for (var item : shown) {
      length += item.length();
    }
    scope.handle(length);
    return Operand.of(String.join(glue, shown));
  }

  private static Operand concat(List<Value> items, Value more) {
    var all = new ArrayList<>(items);
    all.addAll(items(Operand.of(more)));
    return Operand.of(new Items(all));
  }

  private static Operand slice(Operand input, Filter.Arguments arguments) {
    int length =
        (int)
            (input.value() instanceof Items || input.value() instanceof Text
                ? size(input.value())
                : Scope.shown(input.value()).length());
    int from = arguments.within(0, Scope.OUTPUT_LENGTH_MAX);
    from = from < 0 ? length + from : from;
    if (from < 0 || from > length) {
      return Operand.NOTHING;
    }
    int count = arguments.has(1) ? Math.max(0, arguments.within(1, Scope.OUTPUT_LENGTH_MAX)) : 1;
    int to = Math.min(length, from + count);
    return input.value() instanceof Items(var items)
        ? Operand.of(new Items(items.subList(from, to)))
        : Operand.of(Scope.shown(input.value()).substring(from, to));
  }
}

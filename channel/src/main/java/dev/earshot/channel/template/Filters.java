package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Decimal;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All filters there are. A filter that is not here does not exist. */
final class Filters {

  private static final Map<String, Filter> ALL = all();

  private Filters() {}

  /** The filter of that name, bounded in what it may take and give. */
  static @Nullable Filter named(String name) {
    var filter = ALL.get(name);
    return filter == null ? null : bounded(filter);
  }

  static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  private static Filter bounded(Filter filter) {
    return (input, arguments, scope) -> {
      scope.step();
      scope.handle(size(input.value()));
      var output = filter.apply(input, arguments, scope);
      scope.handle(size(output.value()));
      return output;
    };
  }

  /** How many characters it would take to show the value, or nearly so. */
  private static long size(Value value) {
    return switch (value) {
      case Text(var text) -> text.length();
      case Items(var items) -> items.stream().mapToLong(item -> 1 + size(item)).sum();
      case Fields(var fields) -> fields.values().stream().mapToLong(item -> 8 + size(item)).sum();
      case Whole _, Decimal _, Truth _, Nothing _ -> 1;
    };
  }

  private static Map<String, Filter> all() {
    var filters = new HashMap<String, Filter>();
    TextFilters.addTo(filters);
    ListFilters.addTo(filters);
    NumberFilters.addTo(filters);
    filters.put("date", (input, arguments, _) -> DateFilter.format(input, arguments.text(0)));
    filters.put("default", (input, arguments, _) -> orDefault(input, arguments));
    return Map.copyOf(filters);
  }

  private static Operand orDefault(Operand input, Filter.Arguments arguments) {
    boolean there = Comparison.truthy(input.value()) && !Comparison.empty(input.value());
    return there ? input : Operand.of(arguments.at(0));
  }
}

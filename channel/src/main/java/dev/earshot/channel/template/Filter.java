package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import java.util.List;

/** What stands behind a bar in a template, and makes one value of another. */
@FunctionalInterface
interface Filter {

  Operand apply(Operand input, Arguments arguments, Scope scope);

  /** What stands behind a filter's colon. */
  record Arguments(List<Value> values) {

    public Arguments {
      values = List.copyOf(values);
    }

    Value at(int index) {
      return index < values.size() ? values.get(index) : Nothing.NOTHING;
    }

    String text(int index) {
      return Scope.shown(at(index));
    }

    boolean has(int index) {
      return index < values.size();
    }

    /** A whole number of at most the given size either way. */
    int within(int index, int limit) {
      return Math.clamp(Numbers.whole(at(index)), -limit, limit);
    }
  }
}

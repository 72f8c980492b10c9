package dev.earshot.channel.template;

import dev.earshot.channel.template.Node.Flow;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.Map;
import java.util.function.LongFunction;

/** One run of a loop. */
record Loop(String name, Node body, Span span, boolean reversed) {

  private static final String FORLOOP = "forloop";

  /** A stretch of what there is. */
  record Span(long from, long count) {
    boolean isEmpty() {
      return count == 0;
    }
  }

  Flow render(Scope scope, LongFunction<Value> item) {
    var outerItem = scope.named(name);
    var outerLoop = scope.named(FORLOOP);
    for (long turn = 0; turn < span.count; turn++) {
      scope.step();
      long at = reversed ? span.from + span.count - 1 - turn : span.from + turn;
      scope.name(name, Operand.of(item.apply(at)));
      scope.name(FORLOOP, position(turn));
      if (body.render(scope) == Flow.BREAK) {
        break;
      }
    }
    scope.restore(name, outerItem);
    scope.restore(FORLOOP, outerLoop);
    return Flow.NEXT;
  }

  private Operand position(long turn) {
    return Operand.of(
        new Fields(
            Map.of(
                "index", Value.of(turn + 1),
                "index0", Value.of(turn),
                "rindex", Value.of(span.count - turn),
                "rindex0", Value.of(span.count - turn - 1),
                "first", Value.of(turn == 0),
                "last", Value.of(turn == span.count - 1),
                "length", Value.of(span.count))));
  }
}

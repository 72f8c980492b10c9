package dev.earshot.engine.audience;

import dev.earshot.engine.audience.Comparison.Operator;
import dev.earshot.engine.audience.Condition.AccountTrait;
import dev.earshot.engine.audience.Condition.All;
import dev.earshot.engine.audience.Condition.Any;
import dev.earshot.engine.audience.Condition.Bound;
import dev.earshot.engine.audience.Condition.Did;
import dev.earshot.engine.audience.Condition.First;
import dev.earshot.engine.audience.Condition.Not;
import dev.earshot.engine.audience.Condition.NotSince;
import dev.earshot.engine.audience.Condition.Property;
import dev.earshot.engine.audience.Condition.Trait;
import dev.earshot.engine.definition.Body;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Decimal;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Reads conditions from the body of a definition; what is wrong becomes a problem of the body. */
public final class ConditionReader {

  public static final int DEPTH_MAX = 8;
  public static final int CONDITIONS_MAX = 50;
  public static final int TIMES_MAX = 100;
  public static final Duration WINDOW_MAX = Duration.ofDays(90);

  private static final int OPERANDS_MAX = 100;
  private static final Duration WINDOW_MIN = Duration.ofSeconds(1);

  /** Stands where a condition could not be read, so that reading goes on. */
  private static final Condition UNREADABLE = new All(List.of());

  private ConditionReader() {}

  /** What kinds of condition are allowed at a place. */
  private enum Kinds {
    ANYTHING("one of all, any, not, trait, account, property, did, first, not-since"),
    /** A filter sees nothing but the event. */
    PROPERTIES("one of all, any, not, property");

    private final String expected;

    Kinds(String expected) {
      this.expected = expected;
    }
  }

  /** A condition under {@code name}, empty when there is none. */
  public static Optional<Condition> condition(Body body, String name) {
    return body.body(name).map(inner -> read(inner, Kinds.ANYTHING, 1));
  }

  /** A filter on the properties of an event, under {@code where}. */
  public static Optional<Condition> where(Body body) {
    return body.body("where").map(inner -> read(inner, Kinds.PROPERTIES, 1));
  }

  /** A count such as {@code did: X, at-least: 3, within: 24h, where: ...}. */
  public static Did did(Body body) {
    var event = body.requiredText("did");
    var bound = Bound.AT_LEAST;
    int times = 1;
    int bounds = 0;
    for (var possible : Bound.values()) {
      var number = body.number(possible.word(), possible == Bound.AT_LEAST ? 1 : 0, TIMES_MAX);
      if (number.isPresent()) {
        bound = possible;
        times = number.get();
        bounds++;
      }
    }
    if (bounds > 1) {
      body.problem("only one of at-least, at-most and exactly");
    }
    var window = duration(body, "within", WINDOW_MAX);
    var metric = MetricKey.of(event, where(body), bound.keep(times));
    return new Did(metric, bound, times, window);
  }

  /** A duration such as {@code 24h}, of a second at least. */
  public static Optional<Duration> duration(Body body, String name, Duration max) {
    if (!body.has(name)) {
      return Optional.empty();
    }
    var duration = body.text(name).flatMap(Durations::parse);
    boolean fits =
        duration.isPresent()
            && duration.get().compareTo(WINDOW_MIN) >= 0
            && duration.get().compareTo(max) <= 0;
    if (!fits) {
      body.problem(
          name, "a duration such as 30s, 15m, 24h or 7d, of at most " + Durations.shown(max));
    }
    return fits ? duration : Optional.empty();
  }

  private static Condition read(Body body, Kinds kinds, int depth) {
    if (depth > DEPTH_MAX) {
      body.problem("at most " + DEPTH_MAX + " conditions inside one another");
      return UNREADABLE;
    }
    var condition = readOne(body, kinds, depth);
    if (condition.isEmpty()) {
      body.problem(kinds.expected);
    } else {
      body.end();
    }
    return condition.orElse(UNREADABLE);
  }

  private static Optional<Condition> readOne(Body body, Kinds kinds, int depth) {
    if (body.has("all")) {
      return Optional.of(new All(several(body, "all", kinds, depth)));
    }
    if (body.has("any")) {
      return Optional.of(new Any(several(body, "any", kinds, depth)));
    }
    if (body.has("not")) {
      return Optional.of(
          new Not(body.body("not").map(it -> read(it, kinds, depth + 1)).orElse(UNREADABLE)));
    }
    if (body.has("property")) {
      return Optional.of(compared(body, "property", Property::new));
    }
    return kinds == Kinds.PROPERTIES ? Optional.empty() : readOfUser(body);
  }

  private static Optional<Condition> readOfUser(Body body) {
    if (body.has("trait")) {
      return Optional.of(compared(body, "trait", Trait::new));
    }
    if (body.has("account")) {
      return Optional.of(compared(body, "account", AccountTrait::new));
    }
    if (body.has("not-since")) {
      return Optional.of(notSince(body));
    }
    if (body.has("did")) {
      return Optional.of(did(body));
    }
    if (body.has("first")) {
      return Optional.of(new First(body.requiredText("first")));
    }
    return Optional.empty();
  }

  private static List<Condition> several(Body body, String name, Kinds kinds, int depth) {
    return body.bodies(name, CONDITIONS_MAX).stream()
        .map(it -> read(it, kinds, depth + 1))
        .toList();
  }

  private static Condition notSince(Body body) {
    var period = duration(body, "not-since", WINDOW_MAX).orElse(WINDOW_MAX);
    return new NotSince(body.text("did"), period);
  }

  /** What two comparisons of one value ask, both must hold: at least 18 and less than 65. */
  private static Condition compared(
      Body body, String name, BiFunction<String, Comparison, Condition> of) {
    var path = body.requiredText(name);
    var comparisons = new ArrayList<Condition>();
    for (var operator : Operator.values()) {
      operand(body, operator)
          .ifPresent(operand -> comparisons.add(of.apply(path, new Comparison(operator, operand))));
    }
    if (comparisons.isEmpty() && !comparedAtAll(body)) {
      body.problem(
          "a comparison: is, is-not, one-of, at-least, at-most, more-than, less-than, "
              + "contains, starts-with or exists");
    }
    return comparisons.size() == 1 ? comparisons.getFirst() : new All(comparisons);
  }

  private static boolean comparedAtAll(Body body) {
    for (var operator : Operator.values()) {
      if (body.has(operator.word())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Value> operand(Body body, Operator operator) {
    return switch (operator) {
      case IS, IS_NOT, CONTAINS ->
          operand(body, operator, "a text, a number, true or false", ConditionReader::isSingle);
      case AT_LEAST, AT_MOST, MORE_THAN, LESS_THAN ->
          operand(body, operator, "a number or a text", ConditionReader::isOrdered);
      case STARTS_WITH -> operand(body, operator, "a text", Text.class::isInstance);
      case EXISTS -> operand(body, operator, "true or false", Truth.class::isInstance);
      case ONE_OF -> operand(body, operator, "a list of texts or numbers", ConditionReader::isList);
    };
  }

  private static Optional<Value> operand(
      Body body, Operator operator, String expected, Predicate<Value> fits) {
    var operand = body.value(operator.word());
    if (operand.isPresent() && !fits.test(operand.get())) {
      body.problem(operator.word(), expected);
      return Optional.empty();
    }
    return operand;
  }

  private static boolean isSingle(Value value) {
    return isOrdered(value) || value instanceof Truth;
  }

  private static boolean isOrdered(Value value) {
    return value instanceof Text || value instanceof Whole || value instanceof Decimal;
  }

  private static boolean isList(Value value) {
    return value instanceof Items(var items)
        && !items.isEmpty()
        && items.size() <= OPERANDS_MAX
        && items.stream().allMatch(ConditionReader::isSingle);
  }
}

package dev.earshot.engine.audience;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.audience.Comparison.Operator;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final Value MISSING = Nothing.NOTHING;

  @Test
  void aTextThatReadsAsANumberIsThatNumber() {
    assertTrue(compare("50", Operator.IS, 50));
    assertTrue(compare(50, Operator.IS, "50"));
    assertTrue(compare("50.0", Operator.IS, 50));
    assertTrue(compare(50.0, Operator.IS, 50));
    assertTrue(compare("9", Operator.LESS_THAN, 50));
    assertTrue(compare("9", Operator.LESS_THAN, "50"));
    assertFalse(compare("50", Operator.IS, "50.0"));
  }

  @Test
  void onlyPlainDecimalNumbersAreNumbers() {
    for (var text : List.of("", "-", "1e3", "NaN", "0x10", " 5", "5 ", ".5", "5.", "1.2.3", "٣")) {
      assertFalse(compare(text, Operator.AT_LEAST, 0), text);
      assertFalse(compare(text, Operator.AT_MOST, 10_000), text);
    }
    assertTrue(compare("-5.25", Operator.LESS_THAN, -5));
  }

  @Test
  void largeWholeNumbersAreComparedExactly() {
    long large = (1L << 53) + 1;

    assertTrue(compare(large, Operator.MORE_THAN, large - 1));
    assertFalse(compare(large, Operator.IS, large - 1));
  }

  @Test
  void textsAreOrderedByTheirCharactersSoDatesAreInOrder() {
    assertTrue(compare("2026-01-31", Operator.LESS_THAN, "2026-02-01"));
    assertTrue(compare("b", Operator.AT_LEAST, "b"));
    assertFalse(compare("Free", Operator.IS, "free"));
  }

  @Test
  void truthIsItsWordToo() {
    assertTrue(compare("true", Operator.IS, Value.of(true)));
    assertTrue(compare(Value.of(false), Operator.IS, "false"));
    assertFalse(compare(1, Operator.IS, Value.of(true)));
  }

  @Test
  void whatIsMissingIsNeitherLessNorMore() {
    for (var operator :
        List.of(
            Operator.IS,
            Operator.AT_LEAST,
            Operator.AT_MOST,
            Operator.MORE_THAN,
            Operator.LESS_THAN,
            Operator.CONTAINS,
            Operator.STARTS_WITH)) {
      assertFalse(compare(MISSING, operator, "5"), operator.word());
    }
    assertTrue(compare(MISSING, Operator.IS_NOT, "5"));
    assertTrue(compare(MISSING, Operator.EXISTS, Value.of(false)));
    assertFalse(compare(MISSING, Operator.EXISTS, Value.of(true)));
  }

  @Test
  void whatCannotBeOrderedIsNeitherLessNorMore() {
    assertFalse(compare("many", Operator.AT_LEAST, 5));
    assertFalse(compare("many", Operator.AT_MOST, 5));
    assertFalse(compare(Value.of(true), Operator.AT_LEAST, 0));
  }

  @Test
  void listsAndTextsContain() {
    var roles = new Items(List.of(Value.of("admin"), Value.of("7")));

    assertTrue(compare(roles, Operator.CONTAINS, "admin"));
    assertTrue(compare(roles, Operator.CONTAINS, 7));
    assertFalse(compare(roles, Operator.CONTAINS, "adm"));
    assertTrue(compare("administrator", Operator.CONTAINS, "min"));
    assertTrue(compare("administrator", Operator.STARTS_WITH, "admin"));
    assertTrue(compare("7", Operator.ONE_OF, new Items(List.of(Value.of(7)))));
    assertFalse(compare("8", Operator.ONE_OF, new Items(List.of(Value.of(7)))));
  }

  private static boolean compare(Object actual, Operator operator, Object operand) {
    return new Comparison(operator, value(operand)).holds(value(actual));
  }

  private static Value value(Object object) {
    return switch (object) {
      case Value value -> value;
      case String text -> Value.of(text);
      case Integer number -> Value.of(number.longValue());
      case Long number -> Value.of(number);
      case Double number -> Value.of(number);
      default -> throw new IllegalArgumentException(object.toString());
    };
  }
}

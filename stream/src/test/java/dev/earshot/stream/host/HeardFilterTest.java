package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeardFilterTest {

  private static final int MANY = 300_000;
  private static final long PLENTY = 8L * 1024 * 1024;

  @Test
  void nothingIsKnownToAnEmptyOne() {
    assertFalse(new HeardFilter(new Shares(PLENTY)).mayHave("e1"));
  }

  @Test
  void whatWasAddedIsNeverDeniedHoweverMuchWasAddedSince() {
    var filter = filled(PLENTY);

    assertEquals(MANY, count(filter, "added"));
  }

  @Test
  void whatWasNotAddedIsDeniedButForAFew() {
    var filter = filled(PLENTY);

    assertTrue(count(filter, "new") < MANY / 20);
  }

  @Test
  void withoutMoreMemoryItStillDeniesNothingThatWasAdded() {
    var filter = filled(0);

    assertEquals(MANY, count(filter, "added"));
  }

  private static HeardFilter filled(long memoryBytes) {
    var filter = new HeardFilter(new Shares(memoryBytes));
    IntStream.range(0, MANY).forEach(number -> filter.add("added-" + number));
    return filter;
  }

  private static long count(HeardFilter filter, String word) {
    return IntStream.range(0, MANY).filter(number -> filter.mayHave(word + "-" + number)).count();
  }
}

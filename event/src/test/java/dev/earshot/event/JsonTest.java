package dev.earshot.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void aStrangersDocumentHasAnEndToItsDepth() {
    var deepest = deep(Json.DEPTH_MAX);

    assertEquals(deepest, Json.text(Json.parse(deepest)));
    assertThrows(Json.Malformed.class, () -> Json.parse(deep(Json.DEPTH_MAX + 1)));
  }

  @Test
  void oursStandsAroundIt() {
    var around = deep(Json.DEPTH_MAX + 32);

    assertEquals(around, Json.text(Json.own(around)));
    assertThrows(Json.Malformed.class, () -> Json.own(deep(1000)));
  }

  @Test
  void nothingStandsBehindTheEnd() {
    assertThrows(Json.Malformed.class, () -> Json.parse("{} {}"));
    assertThrows(Json.Malformed.class, () -> Json.own("{} {}"));
  }

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}

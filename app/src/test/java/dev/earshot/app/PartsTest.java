package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final List<String> ended = new ArrayList<>();
  private final Parts parts = new Parts();

  @Test
  void theLastStartedIsTheFirstEnded() {
    parts.add("broker", () -> ended.add("broker"));
    parts.add("host", () -> ended.add("host"));

    parts.close();

    assertEquals(List.of("host", "broker"), ended);
  }

  @Test
  void onePartThatFailsKeepsNoOtherFromEnding() {
    parts.add("broker", () -> ended.add("broker"));
    parts.add(
        "host",
        () -> {
          throw new IllegalStateException("stuck");
        });

    parts.close();

    assertEquals(List.of("broker"), ended);
  }

  @Test
  void nothingIsEndedTwice() {
    parts.add("broker", () -> ended.add("broker"));

    parts.close();
    parts.close();

    assertEquals(List.of("broker"), ended);
  }
}

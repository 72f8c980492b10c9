package dev.earshot.gateway.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @Test
  void everyRequestStartsItsOwnTraceBesideTheCallers() {
    var traceparent = "00-" + ID + "-" + PARENT + "-01";

    var trace = Trace.start(traceparent);

    assertEquals(Optional.of(ID), trace.callers());
    assertNotEquals(ID, trace.id());
    assertTrue(trace.id().matches("[0-9a-f]{32}"), trace.id());
    assertNotEquals(trace.id(), Trace.start(traceparent).id());
  }

  @Test
  void aLaterVersionMayHaveMoreToSay() {
    var later = "01-" + ID + "-" + PARENT + "-01-more";

    assertEquals(Optional.of("00-" + ID + "-" + PARENT + "-01"), Trace.start(later).traceparent());
  }

  @Test
  void whatIsNoTraceparentIsNobodys() {
    for (var text :
        List.of(
            "",
            "nonsense",
            "ff-" + ID + "-" + PARENT + "-01",
            "00-" + "0".repeat(32) + "-" + PARENT + "-01",
            "00-" + ID + "-" + "0".repeat(16) + "-01",
            "00-" + ID.toUpperCase(Locale.ROOT) + "-" + PARENT + "-01",
            "00-" + ID + "-" + PARENT + "-01-more",
            "01-" + ID + "-" + PARENT + "-01more")) {
      assertEquals(Optional.empty(), Trace.start(text).callers(), text);
    }
    assertEquals(Optional.empty(), Trace.start(null).callers());
  }
}

package dev.earshot.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.Ledger.Fate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckerTest {

  private static final Map<Long, Fate> FATES =
      Map.of(1L, Fate.ACKNOWLEDGED, 2L, Fate.ACKNOWLEDGED, 3L, Fate.UNKNOWN, 4L, Fate.REFUSED);

  @Test
  void whatIsAcknowledgedOnceAndDeliveredOnceHolds() {
    var checker = new Checker(FATES, Map.of(1L, 1, 2L, 1), 1, Map.of("a", 1));

    assertTrue(checker.holds());
  }

  @Test
  void anEventWithoutAnAnswerMayBeThereOrNot() {
    var checker = new Checker(FATES, Map.of(1L, 1, 2L, 1, 3L, 1), 0, Map.of());

    assertTrue(checker.holds());
    assertEquals(1, checker.count(Fate.UNKNOWN));
  }

  @Test
  void anAcknowledgedEventWithoutAFactIsLost() {
    var checker = new Checker(FATES, Map.of(1L, 1), 0, Map.of());

    assertEquals(1, checker.lost());
    assertFalse(checker.holds());
  }

  @Test
  void aSecondFactOfAnEventIsADuplicate() {
    var checker = new Checker(FATES, Map.of(1L, 3, 2L, 1), 0, Map.of());

    assertEquals(2, checker.duplicated());
    assertFalse(checker.holds());
  }

  @Test
  void aFactOfAnEventThatNobodySentIsStrange() {
    var checker = new Checker(FATES, Map.of(1L, 1, 2L, 1, 9L, 1), 0, Map.of());

    assertEquals(1, checker.strange());
    assertFalse(checker.holds());
  }

  @Test
  void aWebhookMayComeAgainButNotFailToComeNorComeUnasked() {
    assertTrue(new Checker(Map.of(), Map.of(), 1, Map.of("a", 2)).holds());
    assertEquals(1, new Checker(Map.of(), Map.of(), 1, Map.of("a", 2)).repeated());
    assertFalse(new Checker(Map.of(), Map.of(), 2, Map.of("a", 1)).holds());
    assertFalse(new Checker(Map.of(), Map.of(), 0, Map.of("a", 1)).holds());
  }

  @Test
  void theReportNamesEveryFigure() {
    var report = new Checker(FATES, Map.of(1L, 1), 3, Map.of("a", 2)).report();

    assertTrue(report.contains("lost                         1"), report);
    assertTrue(report.contains("webhooks missing             2"), report);
    assertTrue(report.contains("webhooks repeated            1"), report);
  }
}

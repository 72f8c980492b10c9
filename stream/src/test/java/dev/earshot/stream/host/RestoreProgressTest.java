package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {

  private static final TopicPartition USERS = new TopicPartition("users", 0);
  private static final TopicPartition TIMERS = new TopicPartition("timers", 0);

  private long now = 1_000;
  private final RestoreProgress progress = new RestoreProgress(() -> now);

  @Test
  void nothingIsUnderWayBeforeTheStart() {
    assertFalse(progress.underWay());
    assertEquals(100, progress.percent());
  }

  @Test
  void aStoreThatHasEndedCountsUntilAllHave() {
    progress.onRestoreStart(USERS, "users", 100, 400);
    progress.onRestoreStart(TIMERS, "timers", 0, 100);
    progress.onBatchRestored(USERS, "users", 200, 100);
    assertEquals(25, progress.percent());

    progress.onRestoreEnd(TIMERS, "timers", 100);
    assertEquals(50, progress.percent());
    assertTrue(progress.underWay());

    progress.onRestoreEnd(USERS, "users", 300);
    assertFalse(progress.underWay());
    assertEquals(100, progress.restoredEver());
  }

  @Test
  void aStoreThatIsGivenAwayDoesNotHoldUpTheOthers() {
    progress.onRestoreStart(USERS, "users", 0, 10);

    progress.onRestoreSuspended(USERS, "users", 5);

    assertFalse(progress.underWay());
  }

  @Test
  void moreRecordsThanWereForeseenAreNotMoreThanAll() {
    progress.onRestoreStart(USERS, "users", 0, 10);

    progress.onBatchRestored(USERS, "users", 12, 12);

    assertEquals(100, progress.percent());
  }

  @Test
  void theTimeOfAllRestoresIsAddedUpFromTheFirstStoreToTheLast() {
    progress.onRestoreStart(USERS, "users", 0, 10);
    now += 5;
    progress.onRestoreStart(TIMERS, "timers", 0, 10);
    progress.onRestoreEnd(USERS, "users", 10);
    now += 2;
    progress.onRestoreSuspended(TIMERS, "timers", 5);
    now += 100;
    progress.onRestoreStart(TIMERS, "timers", 0, 10);
    now += 1;

    assertEquals(8, progress.nanosEver());
  }
}

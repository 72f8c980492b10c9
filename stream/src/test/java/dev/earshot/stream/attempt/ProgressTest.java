package dev.earshot.stream.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final int METADATA_LENGTH_MAX = 4096;

  @Test
  void theWatermarkIsTheFirstThatIsNotDone() {
    var progress = Progress.from(100);
    progress.take(100);
    progress.take(101);
    progress.take(102);

    progress.finish(101);
    assertEquals(100, progress.watermark());

    progress.finish(100);
    assertEquals(102, progress.watermark());

    progress.finish(102);
    assertEquals(103, progress.watermark());
  }

  @Test
  void whatIsDoneAboveTheWatermarkIsRemembered() {
    var progress = Progress.from(100);
    for (long offset = 100; offset < 110; offset++) {
      progress.take(offset);
    }
    progress.finish(103);
    progress.finish(107);

    var restored = Progress.restore(progress.watermark(), progress.metadata());

    var again = new ArrayList<Long>();
    for (long offset = 100; offset < 110; offset++) {
      if (restored.take(offset)) {
        again.add(offset);
      }
    }
    assertEquals(List.of(100L, 101L, 102L, 104L, 105L, 106L, 108L, 109L), again);
  }

  @Test
  void offsetsThatNeverAppearHoldNothingUp() {
    var progress = Progress.from(0);
    progress.take(0);
    progress.take(5);

    progress.finish(0);
    assertEquals(5, progress.watermark());

    progress.finish(5);
    assertEquals(6, progress.watermark());
  }

  @Test
  void theMetadataOfTheWholeWindowFitsIntoACommit() {
    var progress = Progress.from(7);
    for (long offset = 7; offset < 7 + Progress.WINDOW; offset++) {
      progress.take(offset);
      if (offset > 7) {
        progress.finish(offset);
      }
    }

    assertFalse(progress.hasRoom(1));
    assertTrue(progress.metadata().length() < METADATA_LENGTH_MAX);
  }

  @Test
  void metadataOfSomebodyElseIsNoProgress() {
    var restored = Progress.restore(5, "what is this?");

    assertTrue(restored.take(5));
    assertEquals(5, restored.watermark());
  }

  @Test
  void overAnyCrashesEachIsDoneOnce() {
    for (int seed = 0; seed < 3; seed++) {
      crashes(seed);
    }
  }

  private static void crashes(int seed) {
    var random = new Random(seed);
    int count = 40_000;
    var done = new HashSet<Long>();
    long watermark = 0;
    var metadata = Progress.from(0).metadata();
    while (watermark < count) {
      var progress = Progress.restore(watermark, metadata);
      var open = new ArrayList<Long>();
      for (long offset = watermark; offset < count && progress.hasRoom(1); offset++) {
        if (progress.take(offset)) {
          open.add(offset);
        }
      }
      Collections.shuffle(open, random);
      for (var offset : open.subList(0, (open.size() + 1) / 2)) {
        progress.finish(offset);
        assertTrue(done.add(offset), offset + " is done twice, seed " + seed);
      }
      watermark = progress.watermark();
      metadata = progress.metadata();
      if (open.isEmpty()) {
        break;
      }
    }
    assertEquals(Set.of(), missing(done, count), "seed " + seed);
  }

  private static Set<Long> missing(Set<Long> done, int count) {
    var missing = new HashSet<Long>();
    for (long offset = 0; offset < count; offset++) {
      if (!done.contains(offset)) {
        missing.add(offset);
      }
    }
    return missing;
  }
}

package dev.earshot.gateway.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CrowdTest {

  private final AtomicLong nanos = new AtomicLong(1000);
  private final Crowd crowd = new Crowd(20, nanos::get);

  @Test
  void itIsTooDenseWhenTheOldestOfManyWaitsForTooLong() {
    enter(Crowd.MANY);
    nanos.addAndGet(20);
    assertFalse(crowd.isTooDense());

    nanos.addAndGet(1);

    assertTrue(crowd.isTooDense());
  }

  @Test
  void fewAreNoCrowdHoweverLongTheyWait() {
    enter(Crowd.MANY - 1);
    nanos.addAndGet(1000);

    assertFalse(crowd.isTooDense());
  }

  @Test
  void aLargeOneCountsForMany() {
    var large = crowd.enter((Crowd.MANY - 1) * Crowd.BYTES_EACH);
    nanos.addAndGet(21);
    assertTrue(crowd.isTooDense());

    crowd.leave(large);

    assertEquals(0, crowd.waiting());
  }

  @Test
  void theOldestIsTheOldestThatStillWaits() {
    var first = crowd.enter(100);
    var second = crowd.enter(100);
    nanos.addAndGet(10);
    enter(Crowd.MANY);
    nanos.addAndGet(11);
    crowd.leave(second);
    assertTrue(crowd.isTooDense());

    crowd.leave(first);

    assertFalse(crowd.isTooDense());
    assertEquals(Crowd.MANY, crowd.waiting());
  }

  private void enter(int count) {
    for (int entered = 0; entered < count; entered++) {
      crowd.enter(100);
    }
  }
}

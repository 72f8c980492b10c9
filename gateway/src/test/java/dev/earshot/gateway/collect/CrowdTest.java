package dev.earshot.gateway.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrowdTest {

  private final AtomicLong nanos = new AtomicLong(1000);
  private final Crowd crowd = new Crowd(20, nanos::get);

  @Test
  void itIsTooDenseWhenTheOldestOfManyWaitsForTooLong() {
    enter(Crowd.MANY);
    nanos.addAndGet(20);
    assertFalse(crowd.isTooDenseFor("noisy"));

    nanos.addAndGet(1);

    assertTrue(crowd.isTooDenseFor("noisy"));
  }

  @Test
  void fewAreNoCrowdHoweverLongTheyWait() {
    enter(Crowd.MANY - 1);
    nanos.addAndGet(1000);

    assertFalse(crowd.isTooDenseFor("noisy"));
  }

  @Test
  void aLargeOneCountsForMany() {
    var large = crowd.enter("noisy", (Crowd.MANY - 1) * Crowd.BYTES_EACH);
    nanos.addAndGet(21);
    assertTrue(crowd.isTooDenseFor("noisy"));

    crowd.leave(large);

    assertEquals(0, crowd.waiting());
  }

  @Test
  void itIsTooDenseWhenTheNextWouldWaitForTooLong() {
    var patient = new Crowd(100 * Crowd.MANY, nanos::get);
    var early = enter(patient, Crowd.MANY);
    nanos.addAndGet(60L * Crowd.MANY);
    enter(patient, Crowd.MANY);
    assertFalse(patient.isTooDenseFor("noisy"), "nobody has waited for too long");

    early.forEach(patient::leave);
    assertFalse(patient.isTooDenseFor("noisy"), "each of them took 60, and as many wait");
    enter(patient, Crowd.MANY);

    assertTrue(patient.isTooDenseFor("noisy"), "each of them took 60, and twice as many wait");
  }

  @Test
  void theOldestIsTheOldestThatStillWaits() {
    var first = crowd.enter("noisy", 100);
    var second = crowd.enter("noisy", 100);
    nanos.addAndGet(10);
    enter(Crowd.MANY);
    nanos.addAndGet(11);
    crowd.leave(second);
    assertTrue(crowd.isTooDenseFor("noisy"));

    crowd.leave(first);

    assertFalse(crowd.isTooDenseFor("noisy"));
    assertEquals(Crowd.MANY, crowd.waiting());
  }

  @Test
  void whoHasLessThanAnEqualShareOfWhatWaitsIsLetIn() {
    enter(Crowd.MANY);
    nanos.addAndGet(21);

    for (int share = 0; share < Crowd.MANY; share++) {
      assertFalse(crowd.isTooDenseFor("quiet"));
      assertTrue(crowd.isTooDenseFor("noisy"));
      crowd.enter("quiet", 100);
    }

    assertTrue(crowd.isTooDenseFor("quiet"));
  }

  @Test
  void whoHasLeftHasNoShareAnyMore() {
    var quiet = crowd.enter("quiet", 100);
    enter(Crowd.MANY);
    nanos.addAndGet(21);
    crowd.enter("third", (Crowd.MANY / 2) * Crowd.BYTES_EACH);
    assertTrue(crowd.isTooDenseFor("third"));

    crowd.leave(quiet);

    assertFalse(crowd.isTooDenseFor("third"));
    assertTrue(crowd.isTooDenseFor("noisy"));
  }

  private void enter(int count) {
    enter(crowd, count);
  }

  private static List<Crowd.Place> enter(Crowd crowd, int count) {
    return Stream.generate(() -> crowd.enter("noisy", 100)).limit(count).toList();
  }
}

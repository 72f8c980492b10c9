package dev.earshot.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class LaneTest {

  private Instant now = Instant.parse("2026-05-04T09:00:00Z");
  private final Semaphore spare = new Semaphore(1);
  private final Lane lane = new Lane(() -> now, spare);

  @Test
  void aDestinationNobodyKnowsHasAFewPlaces() throws InterruptedException {
    enter(Lane.PLACES);
    pass(Duration.ofSeconds(2));

    assertInstanceOf(Postponed.class, lane.enter().orElseThrow());
    assertEquals(Lane.PLACES, lane.inFlight());
  }

  @Test
  void oneThatAnswersQuicklyHasMore() throws InterruptedException {
    answer(3, Duration.ofMillis(5));

    enter(Lane.PLACES_QUICK);

    assertEquals(Lane.PLACES_QUICK, lane.inFlight());
  }

  @Test
  void aQuickOneThatFallsSilentGetsNoMore() throws InterruptedException {
    answer(3, Duration.ofMillis(5));
    enter(Lane.PLACES + 4);
    pass(Duration.ofSeconds(2));

    assertInstanceOf(Postponed.class, lane.enter().orElseThrow());
    assertEquals(Lane.PLACES + 4, lane.inFlight());
  }

  @Test
  void aQuickOneThatBecomesSlowHasAFewAgain() throws InterruptedException {
    answer(3, Duration.ofMillis(5));
    answer(3, Duration.ofSeconds(10));
    enter(Lane.PLACES);
    pass(Duration.ofSeconds(2));

    assertInstanceOf(Postponed.class, lane.enter().orElseThrow());
    assertEquals(Lane.PLACES, lane.inFlight());
  }

  @Test
  void whatFindsNoPlaceWhereAHiccupIsWaitsOutOfWhatCanBeSpared() throws Exception {
    answer(3, Duration.ofSeconds(30));
    enter(Lane.PLACES);
    var patient = CompletableFuture.supplyAsync(this::entered);
    await().until(() -> spare.availablePermits() == 0);

    assertInstanceOf(Postponed.class, lane.enter().orElseThrow());
    lane.leave(new Accepted("ok"), Duration.ofMillis(5));

    assertEquals(Optional.empty(), patient.get());
    await().until(() -> spare.availablePermits() == 1);
  }

  @Test
  void whatIsSilentIsNotWaitedForOutOfWhatCanBeSpared() throws InterruptedException {
    enter(Lane.PLACES);
    pass(Duration.ofSeconds(2));

    assertInstanceOf(Postponed.class, lane.enter().orElseThrow());
    assertEquals(1, spare.availablePermits());
  }

  @Test
  void whatARestingDestinationDidNotTakeComesBackOneByOne() throws InterruptedException {
    fail(Breaker.ATTEMPTS_MIN);

    var first = lane.enter().orElseThrow().delay();
    var second = lane.enter().orElseThrow().delay();
    pass(Duration.ofSeconds(1));
    var third = lane.enter().orElseThrow().delay();

    assertEquals(Breaker.REST_FIRST, first);
    assertEquals(first.plus(Lane.RETURN_EVERY), second);
    assertEquals(second.plus(Lane.RETURN_EVERY).minusSeconds(1), third);
  }

  @Test
  void aRestIsNoSilence() throws InterruptedException {
    answer(3, Duration.ofMillis(5));
    pass(Duration.ofHours(1));

    enter(Lane.PLACES_QUICK);

    assertEquals(Lane.PLACES_QUICK, lane.inFlight());
  }

  private Optional<Postponed> entered() {
    try {
      return lane.enter();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(int attempts, Duration duration) throws InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      enter(1);
      lane.leave(new Accepted("ok"), duration);
    }
  }

  private void fail(int attempts) throws InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      enter(1);
      lane.leave(new Deferred("down", Optional.empty()), Duration.ofMillis(5));
    }
  }

  private void enter(int attempts) throws InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      assertEquals(Optional.empty(), lane.enter());
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}

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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class LaneTest {

  private Instant now = Instant.parse("2026-05-04T09:00:00Z");
  private final WaitingRoom room = new WaitingRoom(5);
  private final Lane lane = new Lane(() -> now, room);

  @Test
  void aDestinationNobodyKnowsHasAFewPlaces() throws InterruptedException {
    enter(Lane.PLACES);
    pass(Duration.ofSeconds(4));

    assertInstanceOf(Postponed.class, lane.enter(1).orElseThrow());
    assertEquals(Lane.PLACES, lane.inFlight());
  }

  @Test
  void oneThatAnswersQuicklyHasMore() throws InterruptedException {
    answer(3, Duration.ofMillis(5));

    enter(Lane.PLACES_QUICK);

    assertEquals(Lane.PLACES_QUICK, lane.inFlight());
  }

  @Test
  void oneForWhomMoreWaitThanAMomentTakesHasStillMore() throws Exception {
    var wide = new WaitingRoom(3 * Lane.WAITING_MAX);
    var crowded = new Lane(() -> now, wide);
    assertEquals(Optional.empty(), crowded.enter(1));
    crowded.leave(new Accepted("ok"), Duration.ofMillis(5));
    for (int attempt = 0; attempt < 4 * Lane.WAITING_MAX; attempt++) {
      Thread.ofVirtual().start(() -> entered(crowded, 1));
    }
    await().until(() -> wide.free() <= Lane.WAITING_MAX);
    assertEquals(Lane.PLACES_QUICK, crowded.inFlight());

    crowded.leave(new Accepted("ok"), Duration.ofMillis(5));

    assertEquals(Lane.PLACES_CROWDED, crowded.inFlight());
  }

  @Test
  void oneThatNeverAnsweredInTimeHasAFewPlaces() throws Exception {
    for (int attempt = 0; attempt < 2; attempt++) {
      enter(1);
      lane.leave(Reasons.timeout("connecting"), Duration.ofSeconds(2));
    }
    enter(Lane.PLACES);

    var patient = waits(1);

    passMoments(lane, () -> room.free() == 4 || patient.isDone());
    assertEquals(Lane.PLACES, lane.inFlight());
  }

  @Test
  void aQuickOneThatFallsSilentGetsNoMore() throws InterruptedException {
    answer(3, Duration.ofMillis(5));
    enter(Lane.PLACES + 4);
    pass(Duration.ofSeconds(4));

    assertInstanceOf(Postponed.class, lane.enter(1).orElseThrow());
    assertEquals(Lane.PLACES + 4, lane.inFlight());
  }

  @Test
  void aQuickOneThatBecomesSlowHasAFewAgain() throws InterruptedException {
    answer(3, Duration.ofMillis(5));
    answer(3, Duration.ofSeconds(10));
    enter(Lane.PLACES);
    pass(Duration.ofSeconds(4));

    assertInstanceOf(Postponed.class, lane.enter(1).orElseThrow());
    assertEquals(Lane.PLACES, lane.inFlight());
  }

  @Test
  void whatFindsNoPlaceWaitsInTheRoomForOneThatAnswers() throws Exception {
    answer(3, Duration.ofSeconds(30));
    enter(Lane.PLACES);
    var patient = waits(3);
    await().until(() -> room.free() == 2);

    assertInstanceOf(Postponed.class, lane.enter(3).orElseThrow());
    lane.leave(new Accepted("ok"), Duration.ofMillis(5));

    assertEquals(Optional.empty(), patient.get());
    await().until(() -> room.free() == 5);
  }

  @Test
  void whoseMomentIsOverGoesOnWaitingInTheRoom() throws Exception {
    answer(3, Duration.ofMillis(5));
    enter(Lane.PLACES_QUICK);
    var patient = waits(1);

    passMoments(lane, () -> room.free() == 4);
    lane.leave(new Accepted("ok"), Duration.ofMillis(5));

    assertEquals(Optional.empty(), patient.get());
  }

  @Test
  void aLongQueueForOneThatAnswersIsNotSentAwayBeforeTheRoomIsFull() throws Exception {
    var wide = new WaitingRoom(3 * Lane.WAITING_MAX);
    var busy = new Lane(() -> now, wide);
    for (int attempt = 0; attempt < Lane.PLACES; attempt++) {
      assertEquals(Optional.empty(), busy.enter(1));
    }
    for (int attempt = 0; attempt < 2 * Lane.WAITING_MAX; attempt++) {
      Thread.ofVirtual().start(() -> entered(busy, 1));
    }

    passMoments(busy, () -> wide.free() <= Lane.WAITING_MAX);
  }

  @Test
  void whoWaitsInTheRoomLeavesItWhenTheDestinationFallsSilent() throws Exception {
    answer(3, Duration.ofSeconds(30));
    enter(Lane.PLACES);
    var patient = waits(1);
    await().until(() -> room.free() == 4);

    pass(Duration.ofSeconds(4));
    passMoments(lane, patient::isDone);

    assertInstanceOf(Postponed.class, patient.get().orElseThrow());
    assertEquals(5, room.free());
  }

  @Test
  void whoWaitsInTheRoomLeavesItWhenItCloses() throws Exception {
    answer(3, Duration.ofSeconds(30));
    enter(Lane.PLACES);
    var patient = waits(1);
    await().until(() -> room.free() == 4);

    room.close();
    lane.momentPassed();

    assertEquals(Optional.of(Lane.STOPPING), patient.get());
  }

  @Test
  void whatWouldWaitForMinutesComesBackInstead() throws InterruptedException {
    answer(40, Duration.ofMinutes(20));
    enter(Lane.PLACES);

    assertInstanceOf(Postponed.class, lane.enter(1).orElseThrow());
  }

  @Test
  void whatIsSilentIsNotWaitedForInTheRoom() throws InterruptedException {
    enter(Lane.PLACES);
    pass(Duration.ofSeconds(4));

    assertInstanceOf(Postponed.class, lane.enter(1).orElseThrow());
    assertEquals(5, room.free());
  }

  @Test
  void aPlaceThatWasNotUsedIsThereAgain() throws InterruptedException {
    enter(Lane.PLACES);

    lane.withdraw();

    assertEquals(Optional.empty(), lane.enter(1));
  }

  @Test
  void whatARestingDestinationDidNotTakeComesBackOneByOne() throws InterruptedException {
    fail(Breaker.ATTEMPTS_MIN);

    var first = lane.enter(1).orElseThrow().delay();
    var second = lane.enter(1).orElseThrow().delay();
    pass(Duration.ofSeconds(1));
    var third = lane.enter(1).orElseThrow().delay();

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

  private CompletableFuture<Optional<Postponed>> waits(int weight) {
    return CompletableFuture.supplyAsync(
        () -> entered(lane, weight), waiting -> Thread.ofVirtual().start(waiting));
  }

  private static Optional<Postponed> entered(Lane lane, int weight) {
    try {
      return lane.enter(weight);
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
      assertEquals(Optional.empty(), lane.enter(1));
    }
  }

  private static void passMoments(Lane lane, BooleanSupplier until) {
    await()
        .until(() -> {
          lane.momentPassed();
          return until.getAsBoolean();
        });
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}

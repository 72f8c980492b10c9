package dev.earshot.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class LaneTest {

  private static final int PLACES_MAX = 192;
  private static final Outcome STOPPED = new Deferred("stopped", Optional.empty());

  private Instant now = Instant.parse("2026-05-04T09:00:00Z");
  private final WaitingRoom room = new WaitingRoom(5);
  private final Lane lane = new Lane(() -> now, room, PLACES_MAX);

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
    var crowded = new Lane(() -> now, wide, PLACES_MAX);
    assertEquals(Optional.empty(), crowded.enter(1));
    answer(crowded);
    for (int attempt = 0; attempt < 4 * Lane.WAITING_MAX; attempt++) {
      Thread.ofVirtual().start(() -> entered(crowded, 1));
    }
    await().until(() -> wide.free() <= Lane.WAITING_MAX);
    assertEquals(Lane.PLACES_QUICK, crowded.inFlight());

    answer(crowded);

    assertEquals(PLACES_MAX, crowded.inFlight());
  }

  @Test
  void oneThatNeverAnsweredInTimeHasAFewPlaces() throws Exception {
    for (int attempt = 0; attempt < 2; attempt++) {
      enter(1);
      lane.leave(lane.ask(), Reasons.timeout("connecting"), Duration.ofSeconds(2));
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
  void aQuickOneThatHangsKeepsAFewPlacesOnly() throws Exception {
    answer(3, Duration.ofMillis(5));
    var asked = ask(3 * Lane.PLACES, STOPPED);
    pass(Duration.ofSeconds(4));

    passMoments(lane, () -> lane.inFlight() == Lane.PLACES);

    var cut = asked.subList(Lane.PLACES, asked.size());
    for (var attempt : cut) {
      var postponed = assertInstanceOf(Postponed.class, attempt.get());
      assertEquals("cut: the destination fell silent", postponed.reason());
    }
    lane.momentPassed();
    assertTrue(asked.stream().limit(Lane.PLACES).noneMatch(CompletableFuture::isDone));
    assertEquals(Lane.PLACES, lane.inFlight());
  }

  @Test
  void whatIsAnsweredInTheInstantInWhichItIsCutWasAnswered() throws Exception {
    answer(3, Duration.ofMillis(5));

    var last = ask(Lane.PLACES + 1, new Accepted("ok")).getLast();

    passMoments(lane, last::isDone);
    assertEquals(new Accepted("ok"), last.get());
  }

  @Test
  void oneThatAnswersNowAndThenKeepsItsPlaces() throws Exception {
    answer(3, Duration.ofMillis(5));
    enter(4 * Lane.PLACES);
    for (int attempt = 0; attempt < 2 * Lane.PLACES; attempt++) {
      lane.ask();
    }

    for (int moment = 0; moment < 4 * Lane.SILENT_MOMENTS_MAX; moment++) {
      lane.momentPassed();
      if (moment % Lane.SILENT_MOMENTS_MAX == 0) {
        answer(lane);
      }
    }

    assertFalse(Thread.interrupted());
  }

  @Test
  void oneWhoseChannelAllowsLessHasNoMoreThanThat() throws InterruptedException {
    var narrow = new Lane(() -> now, room, 2);
    assertEquals(Optional.empty(), narrow.enter(1));
    assertEquals(Optional.empty(), narrow.enter(1));
    pass(Duration.ofSeconds(4));

    assertInstanceOf(Postponed.class, narrow.enter(1).orElseThrow());
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
    answer(lane);

    assertEquals(Optional.empty(), patient.get());
    await().until(() -> room.free() == 5);
  }

  @Test
  void whoseMomentIsOverGoesOnWaitingInTheRoom() throws Exception {
    answer(3, Duration.ofMillis(5));
    enter(Lane.PLACES_QUICK);
    var patient = waits(1);

    passMoments(lane, () -> room.free() == 4);
    answer(lane);

    assertEquals(Optional.empty(), patient.get());
  }

  @Test
  void aLongQueueForOneThatAnswersIsNotSentAwayBeforeTheRoomIsFull() throws Exception {
    var wide = new WaitingRoom(3 * Lane.WAITING_MAX);
    var busy = new Lane(() -> now, wide, PLACES_MAX);
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

  /** Asks, and hangs until it is cut; then nothing interrupts the thread any more. */
  private List<CompletableFuture<Outcome>> ask(int attempts, Outcome whenCut)
      throws InterruptedException {
    var ends = new ArrayList<CompletableFuture<Outcome>>();
    for (int attempt = 0; attempt < attempts; attempt++) {
      enter(1);
      var asked = new CountDownLatch(1);
      var end = new CompletableFuture<Outcome>();
      Thread.ofVirtual().start(() -> hang(asked, whenCut, end));
      asked.await();
      ends.add(end);
    }
    return ends;
  }

  private void hang(CountDownLatch asked, Outcome whenCut, CompletableFuture<Outcome> end) {
    var asking = lane.ask();
    asked.countDown();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
    var outcome = lane.leave(asking, whenCut, Duration.ofSeconds(4));
    if (!Thread.interrupted()) {
      end.complete(outcome);
    }
  }

  private static void answer(Lane lane) {
    lane.leave(lane.ask(), new Accepted("ok"), Duration.ofMillis(5));
  }

  private void answer(int attempts, Duration duration) throws InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      enter(1);
      lane.leave(lane.ask(), new Accepted("ok"), duration);
    }
  }

  private void fail(int attempts) throws InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      enter(1);
      lane.leave(lane.ask(), new Deferred("down", Optional.empty()), Duration.ofMillis(5));
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

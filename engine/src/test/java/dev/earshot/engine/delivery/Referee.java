package dev.earshot.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.Effect;
import dev.earshot.engine.Effect.Emit;
import dev.earshot.engine.Input;
import dev.earshot.engine.Input.Arrived;
import dev.earshot.engine.Input.TimerFired;
import dev.earshot.engine.Step;
import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryOutput.Tell;
import dev.earshot.engine.delivery.DeliveryOutput.Try;
import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Is shown every step of one delivery, and knows what must hold whatever the weather. */
final class Referee {

  private static final Outcome NO_REPORT = new Postponed("no report", Duration.ofMinutes(10));

  private final RetryPolicy policy;
  private final Set<String> told = new HashSet<>();

  /** The number of the latest attempt, and whether it has ended. */
  private int number;

  private boolean attemptEnded = true;
  private int usedInRound;
  private boolean dead;
  private Instant diedAt = Instant.MIN;
  private boolean ended;

  Referee(RetryPolicy policy) {
    this.policy = policy;
  }

  boolean ended() {
    return ended;
  }

  void see(
      DeliveryState before, Input<DeliveryInput> input, Step<DeliveryState, DeliveryOutput> step) {
    var names = step.effects().stream().map(Referee::name).toList();
    if (before instanceof Open) {
      seeOpen(before, input, step, names);
    }
    for (var effect : step.effects()) {
      switch (effect) {
        case Emit<DeliveryOutput>(Try(var attempt)) -> seeTry(attempt, input.at());
        case Emit<DeliveryOutput>(Tell(var event)) -> seeTell(event, step.state(), input);
        default -> {}
      }
    }
    if (step.state() instanceof Open open) {
      seePast(open.progress());
    }
  }

  private void seeOpen(
      DeliveryState before,
      Input<DeliveryInput> input,
      Step<DeliveryState, DeliveryOutput> step,
      List<String> names) {
    switch (input) {
      case Arrived<DeliveryInput>(Reported(_, _, Accepted _), _) ->
          assertTrue(names.contains("Message Delivered"), "an acceptance is a delivery");
      case Arrived<DeliveryInput>(Reported(_, var reported, var outcome), var at)
          when reported == number && !attemptEnded ->
          seeFailure(outcome, at, step.state());
      case TimerFired<DeliveryInput>(_, _, var at) when !attemptEnded ->
          seeFailure(NO_REPORT, at, step.state());
      case TimerFired<DeliveryInput> _ -> assertTrue(!names.isEmpty(), "every wait leads on");
      case Arrived<DeliveryInput>(Redriven _, _) when dead ->
          assertTrue(names.contains("Message Redriven"), "a dead delivery can be redriven");
      case Arrived<DeliveryInput>(Discarded _, _) when dead ->
          assertTrue(names.contains("Message Discarded"), "a dead delivery can be discarded");
      case Arrived<DeliveryInput> _ ->
          assertEquals(Step.stay(before), step, "what is late or repeated changes nothing");
    }
  }

  private void seeFailure(Outcome outcome, Instant at, DeliveryState state) {
    attemptEnded = true;
    switch (outcome) {
      case Accepted _ -> throw new AssertionError("an acceptance is no failure");
      case Refused _ -> assertInstanceOf(Dead.class, state, "what is refused is dead");
      case Deferred _ when usedInRound == policy.attemptsMax() ->
          assertInstanceOf(Dead.class, state, "a delivery is dead after its last attempt");
      case Deferred(_, var asked) when asked.isPresent() -> {
        var wait = clamped(asked.get(), Duration.ofSeconds(1));
        assertWaits(state, at, wait, wait);
      }
      case Deferred _ -> {
        var wait = doubled(usedInRound);
        assertWaits(state, at, wait.dividedBy(2), wait);
      }
      case Postponed(_, var delay) -> {
        usedInRound--;
        var wait = clamped(delay, Duration.ofMillis(100));
        assertWaits(state, at, wait, wait.plus(wait.dividedBy(4)));
      }
    }
  }

  private static void assertWaits(DeliveryState state, Instant at, Duration least, Duration most) {
    var waiting = assertInstanceOf(Waiting.class, state, "there are attempts left");
    var expiresAt = waiting.progress().delivery().expiresAt();
    var next = waiting.nextAttemptAt();
    assertTrue(!next.isAfter(expiresAt), "no wait is longer than the message is worth");
    assertTrue(
        next.equals(expiresAt) || !next.isBefore(at.plus(least)), "no attempt comes too soon");
    assertTrue(!next.isAfter(at.plus(most)), "no attempt comes too late");
  }

  private void seeTry(Attempt attempt, Instant at) {
    assertTrue(!ended, "no attempt follows an end");
    assertTrue(!dead, "no attempt follows a death");
    assertTrue(attemptEnded, "at most one attempt is in flight");
    assertEquals(number + 1, attempt.number(), "attempts are numbered without gaps");
    assertTrue(at.isBefore(attempt.delivery().expiresAt()), "no attempt follows expiry");
    number++;
    usedInRound++;
    attemptEnded = false;
    assertTrue(usedInRound <= policy.attemptsMax(), "no more attempts than allowed");
  }

  private void seeTell(Event event, DeliveryState state, Input<DeliveryInput> input) {
    assertTrue(!ended, "nothing is told after the end");
    assertTrue(told.add(event.id()), "everything is told once");
    switch (event.name()) {
      case "Message Delivered" -> {
        assertTrue(
            input instanceof Arrived<DeliveryInput>(Reported(_, _, Accepted _), _),
            "what is delivered was accepted");
        ended = true;
      }
      case "Message Failed" -> {
        assertTrue(!dead, "a delivery dies once in a round");
        dead = true;
        diedAt = input.at();
      }
      case "Message Redriven" -> {
        assertTrue(dead, "only a dead delivery is redriven");
        assertInstanceOf(InFlight.class, state, "a redriven delivery is tried");
        dead = false;
        usedInRound = 0;
      }
      case "Message Discarded" -> {
        assertTrue(dead, "only a dead delivery is discarded");
        assertTrue(
            input instanceof Arrived<DeliveryInput>
                || !input.at().isBefore(diedAt.plus(Duration.ofDays(30))),
            "a dead delivery is kept for 30 days");
        ended = true;
      }
      case "Message Expired" -> {
        assertTrue(!dead && attemptEnded, "a delivery expires between its attempts");
        ended = true;
      }
      default -> throw new AssertionError("nobody knows " + event.name());
    }
  }

  private static void seePast(Progress progress) {
    var past = progress.past();
    assertTrue(past.size() <= 30, "what is kept of the past is bounded");
    for (int at = 0; at < past.size(); at++) {
      assertTrue(past.get(at).outcome().length() <= 300, "an outcome is told in few words");
      assertTrue(
          at == 0 || past.get(at).counted() || past.get(at - 1).counted(),
          "a run of postponements takes one line");
    }
  }

  private Duration doubled(int failures) {
    var wait = policy.first();
    for (int failure = 1; failure < failures; failure++) {
      wait = wait.multipliedBy(2);
      if (wait.compareTo(policy.ceiling()) > 0) {
        return policy.ceiling();
      }
    }
    return wait;
  }

  private static Duration clamped(Duration asked, Duration least) {
    var most = Duration.ofDays(1);
    var enough = asked.compareTo(least) < 0 ? least : asked;
    return enough.compareTo(most) > 0 ? most : enough;
  }

  private static String name(Effect<DeliveryOutput> effect) {
    return switch (effect) {
      case Emit<DeliveryOutput>(Tell(var event)) -> event.name();
      case Emit<DeliveryOutput>(Try _) -> "Try";
      default -> "timer";
    };
  }
}

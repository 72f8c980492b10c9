package dev.earshot.engine.delivery;

import static dev.earshot.engine.delivery.Deliveries.NOON;
import static dev.earshot.engine.delivery.DeliveryState.Unknown.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.Effect;
import dev.earshot.engine.Effect.CancelTimer;
import dev.earshot.engine.Effect.Emit;
import dev.earshot.engine.Effect.SetTimer;
import dev.earshot.engine.Input;
import dev.earshot.engine.Step;
import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInput.Requested;
import dev.earshot.engine.delivery.DeliveryOutput.Tell;
import dev.earshot.engine.delivery.DeliveryOutput.Try;
import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Origin;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryMachineTest {

  private static final Delivery DELIVERY = Deliveries.webhook(Duration.ofDays(1));
  private static final RetryPolicy TWICE =
      new RetryPolicy(Duration.ofSeconds(4), Duration.ofMinutes(1), 2);

  private final DeliveryMachine machine = new DeliveryMachine(Deliveries.policies(TWICE));

  @Test
  void aRequestedDeliveryIsTriedAtOnceAndMustBeReportedInTime() {
    var step = machine.step(UNKNOWN, requested(DELIVERY));

    var attempt = new Attempt(DELIVERY, 1, NOON.plus(Duration.ofMinutes(9)));
    assertEquals(
        List.of(new Emit<>(new Try(attempt)), nextAt(NOON.plus(Duration.ofMinutes(10)))),
        step.effects());
  }

  @Test
  void anAcceptedDeliveryIsToldAndForgotten() {
    var step = machine.step(inFlight(), reported(1, new Accepted("200 OK"), 5));

    assertEquals(UNKNOWN, step.state());
    assertEquals(new CancelTimer<DeliveryOutput>("next"), step.effects().getLast());
    var told = told(step);
    assertEquals("dlv_1:delivered", told.id());
    assertEquals("Message Delivered", told.name());
    assertEquals(EventType.TRACK, told.type());
    assertEquals(Origin.EARSHOT, told.origin());
    assertEquals(Subject.user("acme", "ada"), told.subject());
    assertEquals(NOON.plusSeconds(5), told.occurredAt());
    assertEquals(
        Json.parse(
            """
            {"deliveryId":"dlv_1","channel":"webhook","destination":"crm","journey":"case-study",
             "version":2,"run":"run-1","step":"0","attempts":1,"detail":"200 OK"}\
            """),
        told.properties().fields());
  }

  @Test
  void anAnonymousVisitorIsToldUnderItsAnonymousId() {
    var visitor = Subject.anonymous("acme", "v-1");
    var delivery = Deliveries.webhook(Duration.ofDays(1), visitor, "tips");
    var tried = machine.step(UNKNOWN, requested(delivery)).state();

    var told = told(machine.step(tried, reported(1, new Accepted("200 OK"), 5)));

    assertEquals(visitor, told.subject());
    assertEquals(Value.of("tips"), told.properties().at("template"));
  }

  @Test
  void aDeferredAttemptIsRepeatedAfterBetweenHalfOfTheWaitAndTheWhole() {
    var step = machine.step(inFlight(), reported(1, deferred("503"), 5));

    var waiting = assertInstanceOf(Waiting.class, step.state());
    var wait = Duration.between(NOON.plusSeconds(5), waiting.nextAttemptAt());
    assertTrue(wait.toMillis() > 2000 && wait.toMillis() <= 4000, wait::toString);
    assertEquals(List.of(nextAt(waiting.nextAttemptAt())), step.effects());
    assertEquals(
        List.of(new PastAttempt(1, NOON, NOON.plusSeconds(5), true, "deferred: 503")),
        waiting.progress().past());

    var again = machine.step(waiting, fired(waiting.nextAttemptAt()));

    assertEquals(2, tried(again).number());
  }

  @Test
  void whatTheOtherSideAsksForIsHonouredBetweenASecondAndADay() {
    assertEquals(NOON.plusSeconds(90), nextAttemptAt(askingFor(Duration.ofSeconds(90))));
    assertEquals(NOON.plusSeconds(1), nextAttemptAt(askingFor(Duration.ZERO)));

    var lasting = Deliveries.webhook(Duration.ofDays(9));
    var tried = machine.step(UNKNOWN, requested(lasting)).state();
    var step = machine.step(tried, reported(1, askingFor(Duration.ofDays(8)), 0));
    assertEquals(NOON.plus(Duration.ofDays(1)), ((Waiting) step.state()).nextAttemptAt());
  }

  @Test
  void aDeliveryIsDeadWhenItsAttemptsAreUsedUp() {
    var step = machine.step(secondInFlight(), reported(2, deferred("503 again"), 20));

    var dead = assertInstanceOf(Dead.class, step.state());
    assertEquals("503 again", dead.reason());
    assertEquals(2, dead.progress().past().size());
    assertEquals("dlv_1:failed", told(step).id());
    assertEquals("Message Failed", told(step).name());
    assertEquals(Value.of(2), told(step).properties().at("attempts"));
    assertEquals(Value.of("503 again"), told(step).properties().at("reason"));
  }

  @Test
  void aRefusedDeliveryIsDeadAtOnce() {
    var step = machine.step(inFlight(), reported(1, new Refused("404"), 1));

    assertInstanceOf(Dead.class, step.state());
    assertEquals("Message Failed", told(step).name());
  }

  @Test
  void aPostponedAttemptUsesUpNoneAndComesBackALittleLater() {
    var resting = new Postponed("resting", Duration.ofSeconds(40));
    var step = machine.step(secondInFlight(), reported(2, resting, 20));

    var waiting = assertInstanceOf(Waiting.class, step.state());
    var wait = Duration.between(NOON.plusSeconds(20), waiting.nextAttemptAt());
    assertTrue(wait.toSeconds() >= 40 && wait.toSeconds() <= 50, wait::toString);
    var third = machine.step(waiting, fired(waiting.nextAttemptAt()));
    assertEquals(3, tried(third).number());
    assertEquals(2, ((InFlight) third.state()).progress().used());
  }

  @Test
  void aRunOfPostponementsTakesOneLine() {
    var state = inFlight();
    for (int number = 1; number <= 100; number++) {
      var postponed = new Postponed("resting " + number, Duration.ofSeconds(1));
      var waiting = (Waiting) machine.step(state, reported(number, postponed, number)).state();
      state = machine.step(waiting, fired(waiting.nextAttemptAt())).state();
    }

    var past = ((InFlight) state).progress().past();
    assertEquals(1, past.size());
    assertEquals("postponed: resting 100", past.getFirst().outcome());
  }

  @Test
  void anAttemptThatNobodyReportsOfUsesUpNoneAndIsMadeAgain() {
    var step = machine.step(inFlight(), fired(NOON.plus(Duration.ofMinutes(10))));

    var waiting = assertInstanceOf(Waiting.class, step.state());
    assertEquals("no report within 10 min", waiting.reason());
    assertEquals(0, waiting.progress().used());
    assertEquals(2, tried(machine.step(waiting, fired(waiting.nextAttemptAt()))).number());
  }

  @Test
  void noDeliveryDiesBecauseNoSenderRan() {
    DeliveryState state = inFlight();
    var at = NOON;
    while (at.isBefore(NOON.plus(Duration.ofHours(20)))) {
      at = at.plus(Duration.ofMinutes(10));
      var waiting = assertInstanceOf(Waiting.class, machine.step(state, fired(at)).state());
      at = waiting.nextAttemptAt();
      state = assertInstanceOf(InFlight.class, machine.step(waiting, fired(at)).state());
    }
  }

  @Test
  void onlyTheAttemptInFlightCanFail() {
    var state = secondInFlight();

    assertEquals(Step.stay(state), machine.step(state, reported(1, deferred("503"), 20)));
    assertEquals(Step.stay(state), machine.step(state, reported(1, new Refused("404"), 20)));
  }

  @Test
  void whicheverAttemptWasAcceptedTheUserHasTheMessage() {
    var dead = machine.step(inFlight(), reported(1, new Refused("404"), 1)).state();
    var waiting = machine.step(inFlight(), reported(1, deferred("503"), 1)).state();

    for (var state : List.of(secondInFlight(), waiting, dead)) {
      var step = machine.step(state, reported(1, new Accepted("200 OK"), 20));
      assertEquals(UNKNOWN, step.state());
      assertEquals("Message Delivered", told(step).name());
    }
    assertEquals(
        Step.stay(UNKNOWN), machine.step(UNKNOWN, reported(1, new Accepted("200 OK"), 20)));
  }

  @Test
  void aMessageThatIsTooLateExpiresInsteadOfBeingTried() {
    var late = Deliveries.webhook(Duration.ZERO);

    var step = machine.step(UNKNOWN, requested(late));

    assertEquals(UNKNOWN, step.state());
    assertEquals("dlv_1:expired", told(step).id());
    assertEquals("Message Expired", told(step).name());
    assertEquals(Value.of("not tried yet"), told(step).properties().at("reason"));
  }

  @Test
  void aMessageWaitsForItsTurn() {
    var owed = new Requested(Deliveries.webhook(Duration.ofDays(1)), NOON.plusSeconds(60));

    var step = machine.step(UNKNOWN, new Input.Arrived<>(owed, NOON));

    var waiting = (Waiting) step.state();
    assertEquals(NOON.plusSeconds(60), waiting.nextAttemptAt());
    assertEquals(List.of(new SetTimer<>("next", NOON.plusSeconds(60))), step.effects());
    assertEquals(1, tried(machine.step(waiting, fired(NOON.plusSeconds(60)))).number());
  }

  @Test
  void aWaitEndsWhenTheMessageExpires() {
    var brief = Deliveries.webhook(Duration.ofSeconds(30));
    var tried = machine.step(UNKNOWN, requested(brief)).state();

    var waiting =
        (Waiting) machine.step(tried, reported(1, askingFor(Duration.ofHours(1)), 5)).state();

    assertEquals(brief.expiresAt(), waiting.nextAttemptAt());
    var step = machine.step(waiting, fired(brief.expiresAt()));
    assertEquals(UNKNOWN, step.state());
    assertEquals("Message Expired", told(step).name());
    assertEquals(Value.of("deferred: busy"), told(step).properties().at("reason"));
  }

  @Test
  void aRedriveTriesADeadDeliveryAgainUnderTheSameIdWithANewBudget() {
    var dead = machine.step(secondInFlight(), reported(2, deferred("503"), 20)).state();
    var later = NOON.plus(Duration.ofDays(3));

    var step = machine.step(dead, new Input.Arrived<>(new Redriven("dlv_1", "ops"), later));

    assertEquals("dlv_1:redriven:1", told(step).id());
    assertEquals(Value.of("ops"), told(step).properties().at("by"));
    assertEquals(3, tried(step).number());
    assertEquals("dlv_1", tried(step).delivery().id());
    assertEquals(later.plus(Duration.ofDays(1)), tried(step).delivery().expiresAt());
    var failed =
        machine.step(
            step.state(), new Input.Arrived<>(new Reported("dlv_1", 3, deferred("503")), later));
    assertInstanceOf(Waiting.class, failed.state());
  }

  @Test
  void aDiscardedDeliveryIsForgotten() {
    var dead = machine.step(inFlight(), reported(1, new Refused("404"), 1)).state();

    var step = machine.step(dead, new Input.Arrived<>(new Discarded("dlv_1", "ops"), NOON));

    assertEquals(UNKNOWN, step.state());
    assertEquals("dlv_1:discarded", told(step).id());
  }

  @Test
  void aDeadDeliveryThatNobodyCaresForIsDiscardedAfterThirtyDays() {
    var died = machine.step(inFlight(), reported(1, new Refused("404"), 0));
    var end = NOON.plus(Duration.ofDays(30));
    assertEquals(nextAt(end), died.effects().getLast());

    var step = machine.step(died.state(), fired(end));

    assertEquals(UNKNOWN, step.state());
    assertEquals("Message Discarded", told(step).name());
  }

  @Test
  void onlyADeadDeliveryIsRedrivenOrDiscarded() {
    var waiting = machine.step(inFlight(), reported(1, deferred("503"), 1)).state();

    for (var state : List.of(UNKNOWN, inFlight(), waiting)) {
      for (var order : List.of(new Redriven("dlv_1", "ops"), new Discarded("dlv_1", "ops"))) {
        assertEquals(Step.stay(state), machine.step(state, new Input.Arrived<>(order, NOON)));
      }
    }
  }

  @Test
  void aRepeatedRequestChangesNothing() {
    var state = inFlight();

    assertEquals(Step.stay(state), machine.step(state, requested(DELIVERY)));
  }

  private DeliveryState inFlight() {
    return machine.step(UNKNOWN, requested(DELIVERY)).state();
  }

  private DeliveryState secondInFlight() {
    var waiting = (Waiting) machine.step(inFlight(), reported(1, deferred("503"), 5)).state();
    return machine.step(waiting, fired(waiting.nextAttemptAt())).state();
  }

  private Instant nextAttemptAt(Outcome outcome) {
    return ((Waiting) machine.step(inFlight(), reported(1, outcome, 0)).state()).nextAttemptAt();
  }

  private static Outcome deferred(String reason) {
    return new Deferred(reason, Optional.empty());
  }

  private static Outcome askingFor(Duration wait) {
    return new Deferred("busy", Optional.of(wait));
  }

  private static Input<DeliveryInput> requested(Delivery delivery) {
    return new Input.Arrived<>(new Requested(delivery, NOON), NOON);
  }

  private static Input<DeliveryInput> reported(int attempt, Outcome outcome, int seconds) {
    return new Input.Arrived<>(new Reported("dlv_1", attempt, outcome), NOON.plusSeconds(seconds));
  }

  private static Input<DeliveryInput> fired(Instant at) {
    return new Input.TimerFired<>("next", at, at);
  }

  private static Effect<DeliveryOutput> nextAt(Instant at) {
    return new SetTimer<>("next", at);
  }

  private static Event told(Step<DeliveryState, DeliveryOutput> step) {
    return step.effects().stream()
        .map(effect -> effect instanceof Emit<DeliveryOutput>(Tell(var event)) ? event : null)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static Attempt tried(Step<DeliveryState, DeliveryOutput> step) {
    return step.effects().stream()
        .map(effect -> effect instanceof Emit<DeliveryOutput>(Try(var attempt)) ? attempt : null)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }
}

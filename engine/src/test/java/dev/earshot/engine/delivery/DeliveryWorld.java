package dev.earshot.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.Effect.CancelTimer;
import dev.earshot.engine.Effect.Emit;
import dev.earshot.engine.Effect.SetTimer;
import dev.earshot.engine.Input;
import dev.earshot.engine.Input.Arrived;
import dev.earshot.engine.Input.TimerFired;
import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInput.Requested;
import dev.earshot.engine.delivery.DeliveryOutput.Tell;
import dev.earshot.engine.delivery.DeliveryOutput.Try;
import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/** One delivery, its host, its channel, its operators, and the weather between them. */
final class DeliveryWorld {

  private static final int STEPS_MAX = 5_000;

  private final Random random;
  private final boolean clockJumps;
  private final boolean stubborn;
  private final RetryPolicy policy;
  private final DeliveryMachine machine;
  private final Referee referee;
  private final PriorityQueue<Happening> future =
      new PriorityQueue<>(Comparator.comparing(Happening::time).thenComparing(Happening::order));
  private final Map<String, Instant> timers = new HashMap<>();

  private DeliveryState state;

  /** The time that passes for all alike, and by how much the clocks of the host differ from it. */
  private Instant time = Deliveries.NOON;

  private Duration skew = Duration.ZERO;
  private Instant channelBusyUntil = Instant.MIN;
  private int happenings;

  DeliveryWorld(long seed) {
    random = new Random(seed);
    clockJumps = random.nextInt(3) == 0;
    stubborn = random.nextInt(100) == 0;
    policy = policy();
    machine = new DeliveryMachine(Deliveries.policies(policy));
    referee = new Referee(policy);
    state = machine.initial();
  }

  void run() {
    var notBefore = random.nextBoolean() ? now() : now().plusSeconds(random.nextInt(300));
    var requested = new Requested(Deliveries.webhook(life()), notBefore);
    hear(requested);
    if (random.nextInt(3) == 0) {
      later(upTo(Duration.ofMinutes(10)), () -> repeat(requested));
    }
    for (int order = random.nextInt(3); order > 0; order--) {
      later(upTo(Duration.ofHours(2)), this::order);
    }
    if (clockJumps) {
      later(upTo(Duration.ofMinutes(20)), this::jump);
    }
    for (int step = 0; passes(); step++) {
      assertTrue(step < STEPS_MAX, "every delivery ends");
    }
    assertTrue(referee.ended(), "every delivery ends");
    assertEquals(machine.initial(), state, "one that has ended is forgotten");
  }

  private RetryPolicy policy() {
    return stubborn
        ? new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), 50)
        : new RetryPolicy(
            Duration.ofSeconds(1 + random.nextInt(10)),
            Duration.ofSeconds(20 + random.nextInt(300)),
            1 + random.nextInt(5));
  }

  private Duration life() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofSeconds(random.nextInt(60));
      case 1 -> Duration.ofMinutes(random.nextInt(60));
      default -> Duration.ofDays(1 + random.nextInt(3));
    };
  }

  /** Lets the next thing happen, whether a timer or anything else; false when there is nothing. */
  private boolean passes() {
    var next = future.peek();
    for (var timer : timers.entrySet()) {
      var due = timer.getValue().minus(skew);
      if (next == null || due.isBefore(next.time())) {
        time = due.isBefore(time) ? time : due;
        timers.remove(timer.getKey());
        step(new TimerFired<>(timer.getKey(), timer.getValue(), timer.getValue()));
        return true;
      }
    }
    if (next == null) {
      return false;
    }
    time = future.remove().time();
    next.action().run();
    return true;
  }

  private void hear(DeliveryInput input) {
    step(new Arrived<>(input, now()));
  }

  private void step(Input<DeliveryInput> input) {
    if (random.nextInt(20) == 0) {
      restart();
    }
    var step = machine.step(state, input);
    assertEquals(step, machine.step(state, input), "a step is a pure function");
    referee.see(state, input, step);
    state = step.state();
    for (var effect : step.effects()) {
      switch (effect) {
        case Emit<DeliveryOutput>(Try(var attempt)) -> later(queueing(), () -> perform(attempt));
        case Emit<DeliveryOutput>(Tell _) -> {}
        case SetTimer<DeliveryOutput>(var name, var dueAt) -> timers.put(name, dueAt);
        case CancelTimer<DeliveryOutput>(var name) -> timers.remove(name);
      }
    }
    assertEquals(
        state instanceof Open ? 1 : 0,
        timers.size(),
        "as long as it is open it waits for one thing");
    if (state instanceof Dead && random.nextInt(3) == 0) {
      later(upTo(Duration.ofDays(2)), this::order);
    }
  }

  private void restart() {
    var restored = DeliveryStateCodec.read(DeliveryStateCodec.write(state));
    assertEquals(state, restored, "a state survives a restart");
    state = restored;
  }

  /** The channel takes an attempt into its hands, unless it is too late to start it. */
  private void perform(Attempt attempt) {
    if (now().isAfter(attempt.startBy())) {
      report(Duration.ZERO, attempt, new Postponed("too late", Duration.ZERO));
      return;
    }
    assertTrue(clockJumps || !time.isBefore(channelBusyUntil), "at most one attempt is in flight");
    var takes = upTo(DeliveryMachine.ATTEMPT_TIME);
    channelBusyUntil = time.plus(takes);
    report(takes, attempt, outcome());
  }

  private Outcome outcome() {
    return switch (random.nextInt(stubborn ? 5 : 10)) {
      case 0, 1, 2 -> new Deferred("503 ".repeat(1 + random.nextInt(100)), Optional.empty());
      case 3 -> new Postponed("resting", upTo(Duration.ofMinutes(5)));
      case 4 ->
          new Deferred(
              "429", Optional.of(upTo(stubborn ? Duration.ofSeconds(3) : Duration.ofHours(30))));
      case 5 -> new Refused("404");
      default -> new Accepted("200");
    };
  }

  /** The report comes once, or late, or several times, or never. */
  private void report(Duration takes, Attempt attempt, Outcome outcome) {
    var report = new Reported(attempt.delivery().id(), attempt.number(), outcome);
    int copies = stubborn ? 1 : Math.max(0, random.nextInt(6) - 2);
    for (int copy = 0; copy < copies; copy++) {
      later(takes.plus(travelling()), () -> hear(report));
    }
  }

  private void repeat(Requested requested) {
    if (state instanceof Open) {
      hear(requested);
    }
  }

  private void order() {
    hear(random.nextBoolean() ? new Redriven("dlv_1", "ops") : new Discarded("dlv_1", "ops"));
    if (random.nextInt(3) == 0) {
      later(upTo(Duration.ofMinutes(1)), this::order);
    }
  }

  private void jump() {
    skew = Duration.ofMinutes(random.nextInt(2 * 24 * 60) - 24 * 60);
  }

  private Duration queueing() {
    return upTo(random.nextInt(6) == 0 ? Duration.ofMinutes(15) : Duration.ofSeconds(2));
  }

  private Duration travelling() {
    return upTo(random.nextInt(4) == 0 ? Duration.ofMinutes(30) : Duration.ofSeconds(2));
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }

  private void later(Duration delay, Runnable action) {
    future.add(new Happening(time.plus(delay), happenings++, action));
  }

  private Instant now() {
    return time.plus(skew);
  }

  private record Happening(Instant time, int order, Runnable action) {}
}

package dev.earshot.engine.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.Effect;
import dev.earshot.engine.Input;
import dev.earshot.engine.Input.Arrived;
import dev.earshot.engine.Input.TimerFired;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;
import dev.earshot.event.Origin;
import dev.earshot.event.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A host in memory: keeps states and timers, carries out effects, and lets time pass. Every state
 * goes through its binary form after each step, as if the program had been restarted; every step is
 * taken twice, to see that it is pure.
 */
final class World {

  static final String WORKSPACE = "default";
  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  final List<Fact> facts = new ArrayList<>();
  final List<Decision> decisions = new ArrayList<>();
  final List<Delivery> deliveries = new ArrayList<>();

  /** When each may go out, by its id. */
  final Map<String, Instant> turns = new HashMap<>();

  private final Map<Subject, UserState> states = new HashMap<>();
  private final Map<Subject, Map<String, Instant>> timers = new HashMap<>();
  private final Deque<UserInput> forwards = new ArrayDeque<>();
  private final BiConsumer<World, Subject> watcher;
  private Rules rules;
  private Instant now = START;

  World(Rules rules) {
    this(rules, (_, _) -> {});
  }

  /**
   * @param watcher is told of every step that a subject took
   */
  World(Rules rules, BiConsumer<World, Subject> watcher) {
    this.rules = rules;
    this.watcher = watcher;
  }

  Rules rules() {
    return rules;
  }

  Instant now() {
    return now;
  }

  void publish(Rules newRules) {
    rules = newRules;
  }

  /** The event happens now, and all that follows from it at once. */
  void happens(Event event) {
    appended(new UserInput.Happened(event));
    settle();
  }

  void appended(UserInput input) {
    fireDue(input.subject(), now);
    step(input.subject(), new Arrived<>(input, now));
  }

  /** Everything that subjects had to tell one another arrives. */
  void settle() {
    while (!forwards.isEmpty()) {
      appended(overTheLog(forwards.poll()));
    }
  }

  Deque<UserInput> forwards() {
    return forwards;
  }

  /** Time passes; timers fire on the way, in the order in which they are due. */
  void passes(Duration time) {
    var until = now.plus(time);
    for (var due = nextDue(until); due != null; due = nextDue(until)) {
      if (due.at().isAfter(now)) {
        now = due.at();
      }
      fire(due.subject(), due.timer());
      settle();
    }
    now = until;
  }

  /** Sets the clock, forward or back, without a timer firing. */
  void jumps(Duration time) {
    now = now.plus(time);
  }

  UserState state(Subject subject) {
    return states.getOrDefault(subject, UserState.Unknown.UNKNOWN);
  }

  byte[] bytes(Subject subject) {
    return UserStateCodec.write(state(subject));
  }

  List<Subject> subjects() {
    return states.keySet().stream().sorted(Comparator.comparing(Subject::key)).toList();
  }

  Person person(Subject subject) {
    return (Person) state(subject);
  }

  Map<String, Instant> timers(Subject subject) {
    return timers.getOrDefault(subject, Map.of());
  }

  private record Due(Subject subject, String timer, Instant at) {}

  private @Nullable Due nextDue(Instant until) {
    return timers.entrySet().stream()
        .flatMap(of ->
            of.getValue().entrySet().stream()
                .map(timer -> new Due(of.getKey(), timer.getKey(), timer.getValue())))
        .filter(due -> !due.at().isAfter(until))
        .min(
            Comparator.comparing(Due::at)
                .thenComparing(due -> due.subject().key())
                .thenComparing(Due::timer))
        .orElse(null);
  }

  private void fireDue(Subject subject, Instant at) {
    var running = running(subject);
    while (true) {
      var due =
          running.entrySet().stream()
              .filter(timer -> !timer.getValue().isAfter(at))
              .min(
                  Map.Entry.<String, Instant>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey()));
      if (due.isEmpty()) {
        return;
      }
      fire(subject, due.get().getKey());
    }
  }

  private void fire(Subject subject, String timer) {
    var dueAt = Objects.requireNonNull(running(subject).remove(timer));
    var at = dueAt.isBefore(now) ? now : dueAt;
    step(subject, new TimerFired<>(timer, dueAt, at));
  }

  private void step(Subject subject, Input<UserInput> input) {
    var machine = new UserMachine(rules);
    var before = state(subject);
    var step = machine.step(before, input);
    assertEquals(step, machine.step(before, input), "a step is a pure function");
    if (isPast(input)) {
      assertTrue(step.effects().stream().allMatch(World::isWord), "the past moves nothing");
    }
    var bytes = UserStateCodec.write(step.state());
    var after = UserStateCodec.read(bytes);
    assertEquals(step.state(), after, "a state is the same after its bytes");
    assertTrue(bytes.length <= UserState.BYTES_MAX, "a state has a limit: " + bytes.length);
    states.put(subject, after);
    for (var effect : step.effects()) {
      perform(subject, effect);
    }
    watcher.accept(this, subject);
  }

  private void perform(Subject subject, Effect<UserOutput> effect) {
    switch (effect) {
      case Effect.Emit<UserOutput>(UserOutput.Note(var fact)) -> facts.add(fact);
      case Effect.Emit<UserOutput>(UserOutput.Explain(var decision)) -> decisions.add(decision);
      case Effect.Emit<UserOutput>(UserOutput.Deliver(var delivery, var notBefore)) -> {
        deliveries.add(delivery);
        turns.put(delivery.id(), notBefore);
      }
      case Effect.Emit<UserOutput>(UserOutput.Forward(var input)) -> forwards.add(input);
      case Effect.SetTimer<UserOutput>(var name, var dueAt) -> running(subject).put(name, dueAt);
      case Effect.CancelTimer<UserOutput>(var name) -> running(subject).remove(name);
    }
  }

  private Map<String, Instant> running(Subject subject) {
    return timers.computeIfAbsent(subject, _ -> new TreeMap<>());
  }

  private static boolean isPast(Input<UserInput> input) {
    return switch (input) {
      case Arrived<UserInput>(UserInput.Happened(var event), _) -> event.origin() == Origin.HISTORY;
      case Arrived<UserInput>(UserInput.PassedOn(var event, _, _), _) ->
          event.origin() == Origin.HISTORY;
      case Arrived<UserInput> _, TimerFired<UserInput> _ -> false;
    };
  }

  /** Whether an effect only tells somebody something. */
  private static boolean isWord(Effect<UserOutput> effect) {
    return effect instanceof Effect.Emit<UserOutput>(var output)
        && (output instanceof UserOutput.Note || output instanceof UserOutput.Forward);
  }

  private static UserInput overTheLog(UserInput input) {
    var read = UserInputJson.read(UserInputJson.write(input));
    assertEquals(input, read, "an input is the same after its JSON");
    return read;
  }
}

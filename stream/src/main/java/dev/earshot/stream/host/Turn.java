package dev.earshot.stream.host;

import dev.earshot.engine.Effect.CancelTimer;
import dev.earshot.engine.Effect.Emit;
import dev.earshot.engine.Effect.SetTimer;
import dev.earshot.engine.Input;
import dev.earshot.engine.Machine;
import dev.earshot.stream.host.Hosting.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one key that one record of the log causes. Nothing leaves a turn before the host
 * takes it, and a step that fails leaves no trace in it.
 */
final class Turn<S, I, O> {

  private final Hosting<S, I, O> hosting;
  private final Machine<S, I, O> machine;
  private final SortedMap<String, Long> timersBefore;
  private final List<Route> routes = new ArrayList<>();
  private SortedMap<String, Long> timers;
  private S state;
  private byte[] stateBytes;

  private Turn(
      Hosting<S, I, O> hosting,
      Machine<S, I, O> machine,
      S state,
      byte[] stateBytes,
      SortedMap<String, Long> timers) {
    this.hosting = hosting;
    this.machine = machine;
    this.state = state;
    this.stateBytes = stateBytes;
    this.timersBefore = timers;
    this.timers = new TreeMap<>(timers);
  }

  static <S, I, O> Turn<S, I, O> begin(
      Hosting<S, I, O> hosting, Machine<S, I, O> machine, byte @Nullable [] stored) {
    if (stored == null) {
      return new Turn<>(hosting, machine, machine.initial(), new byte[0], new TreeMap<>());
    }
    var envelope = Envelope.read(stored);
    return new Turn<>(
        hosting, machine, hosting.read(envelope.state()), envelope.state(), envelope.timers());
  }

  /** The name of the timer that is due first, if one is due by then. */
  Optional<String> due(long nowMillis) {
    if (timers.isEmpty()) {
      return Optional.empty();
    }
    return timers.entrySet().stream()
        .filter(timer -> timer.getValue() <= nowMillis)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  /** Whether the timer is running, and due at that very time. */
  boolean runs(String timer, long dueMillis) {
    var due = timers.get(timer);
    return due != null && due == dueMillis;
  }

  /** Ends the timer and steps; the timer has ended even when the step fails. */
  void fire(String timer, Instant now) {
    var due = timers.remove(timer);
    if (due != null) {
      var at = hosting.firedAt(Instant.ofEpochMilli(due), now);
      step(new Input.TimerFired<>(timer, at));
    }
  }

  void hear(I input, Instant at) {
    step(new Input.Arrived<>(input, at));
  }

  private void step(Input<I> input) {
    var step = machine.step(state, input);
    var running = new TreeMap<>(timers);
    var more = new ArrayList<Route>();
    for (var effect : step.effects()) {
      switch (effect) {
        case Emit<O>(var output) -> more.add(hosting.route(output));
        case SetTimer<O>(var timer, var dueAt) -> running.put(timer, dueAt.toEpochMilli());
        case CancelTimer<O>(var timer) -> running.remove(timer);
      }
    }
    if (step.state() != state) {
      stateBytes = hosting.write(step.state());
      state = step.state();
    }
    timers = running;
    routes.addAll(more);
  }

  /** What is to be stored; absent when the key is again as if nobody had heard of it. */
  byte @Nullable [] stored() {
    if (timers.isEmpty() && state.equals(machine.initial())) {
      return null;
    }
    var bytes = stateBytes.length == 0 ? hosting.write(state) : stateBytes;
    return new Envelope(bytes, timers).bytes();
  }

  SortedMap<String, Long> timersBefore() {
    return timersBefore;
  }

  SortedMap<String, Long> timers() {
    return timers;
  }

  List<Route> routes() {
    return routes;
  }
}

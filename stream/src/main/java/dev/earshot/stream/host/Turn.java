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
  private byte @Nullable [] stateBytes;

  Turn(Hosting<S, I, O> hosting, Machine<S, I, O> machine, Kept<S> before) {
    this.hosting = hosting;
    this.machine = machine;
    state = before.state();
    timersBefore = before.timers();
    timers = timersBefore;
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
    var due = timers.get(timer);
    if (due != null) {
      timers = new TreeMap<>(timers);
      timers.remove(timer);
      step(new Input.TimerFired<>(timer, Instant.ofEpochMilli(due), now));
    }
  }

  void hear(I input, Instant at) {
    step(new Input.Arrived<>(input, at));
  }

  private void step(Input<I> input) {
    var step = machine.step(state, input);
    var running = timers;
    var more = new ArrayList<Route>();
    for (var effect : step.effects()) {
      switch (effect) {
        case Emit<O>(var output) -> more.add(hosting.route(output));
        case SetTimer<O>(var timer, var dueAt) -> {
          running = new TreeMap<>(running);
          running.put(timer, dueAt.toEpochMilli());
        }
        case CancelTimer<O>(var timer) -> {
          running = new TreeMap<>(running);
          running.remove(timer);
        }
      }
    }
    if (step.state() != state) {
      stateBytes = hosting.write(step.state());
      state = step.state();
    }
    timers = running;
    routes.addAll(more);
  }

  /** Whether the key is again as if nobody had heard of it. */
  boolean leavesNothing() {
    return timers.isEmpty() && state.equals(machine.initial());
  }

  Kept<S> kept() {
    return new Kept<>(state, timers);
  }

  /** What is to be stored. */
  byte[] stored() {
    return new Envelope(stateBytes == null ? hosting.write(state) : stateBytes, timers).bytes();
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

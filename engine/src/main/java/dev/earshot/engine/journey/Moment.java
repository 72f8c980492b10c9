package dev.earshot.engine.journey;

import dev.earshot.engine.Effect;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step while it is taken: when, because of what, by which rules, and what it asked for. */
final class Moment {

  private final WorkspaceRules rules;
  private final String cause;
  private final Instant at;
  private final Instant now;
  private final List<Effect<UserOutput>> effects = new ArrayList<>();
  private @Nullable String occasion;

  /**
   * @param cause the id of the input, or the name of the timer
   * @param at as of when everything is decided: a timer that was due at noon goes on as of noon
   * @param now when it is decided, which is later when nothing ran at noon
   */
  Moment(WorkspaceRules rules, String cause, Instant at, Instant now) {
    this.rules = rules;
    this.cause = cause;
    this.at = at;
    this.now = now;
  }

  WorkspaceRules rules() {
    return rules;
  }

  String cause() {
    return cause;
  }

  /** Because of what, and when, as ids tell it. */
  String occasion() {
    var told = occasion;
    if (told == null) {
      told = cause + '/' + at.toEpochMilli();
      occasion = told;
    }
    return told;
  }

  Instant at() {
    return at;
  }

  Instant now() {
    return now;
  }

  List<Effect<UserOutput>> effects() {
    return effects;
  }

  void note(Fact fact) {
    effects.add(new Effect.Emit<>(new UserOutput.Note(fact)));
  }

  void note(Subject subject, String id, String name, Fields properties) {
    note(new Fact.Made(subject, id, name, properties, at));
  }

  /**
   * A fact about a run.
   *
   * @param more names and texts by turns; a text that is empty is left out
   */
  void note(Subject subject, Run run, String idEnd, String name, String... more) {
    var properties = new LinkedHashMap<String, Value>();
    properties.put("journey", Value.of(run.journey()));
    properties.put("version", Value.of(run.version()));
    properties.put("run", Value.of(run.id()));
    for (int index = 0; index < more.length; index += 2) {
      if (!more[index + 1].isEmpty()) {
        properties.put(more[index], Value.of(more[index + 1]));
      }
    }
    note(subject, run.id() + '/' + idEnd, name, new Fields(properties));
  }

  void explain(Decision decision) {
    effects.add(new Effect.Emit<>(new UserOutput.Explain(decision)));
  }

  void deliver(Delivery delivery, Instant notBefore) {
    effects.add(new Effect.Emit<>(new UserOutput.Deliver(delivery, notBefore)));
  }

  void forward(UserInput input) {
    effects.add(new Effect.Emit<>(new UserOutput.Forward(input)));
  }

  void setTimer(String timer, Instant dueAt) {
    effects.add(new Effect.SetTimer<>(timer, dueAt));
  }

  void cancelTimer(String timer) {
    effects.add(new Effect.CancelTimer<>(timer));
  }
}

package dev.earshot.engine.journey;

import dev.earshot.engine.Ids;
import dev.earshot.engine.audience.Scene;
import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.engine.journey.Journey.Reentry;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a trigger that matched starts a journey, and says why. */
final class Entrance {

  static final int RUNS_MAX = 20;

  private static final int RUN_ID_LENGTH = 16;
  private static final String REENTRY = "re-entry";

  private static final Gate NEVER_ENTERED =
      new Gate(REENTRY, true, Reason.told("never in this journey before"));
  private static final Gate MAY_ENTER_AGAIN =
      new Gate(REENTRY, true, Reason.told("was in this journey, and may enter again"));
  private static final Gate TOO_MANY_RUNS =
      new Gate(REENTRY, false, Reason.told("in " + RUNS_MAX + " journeys already"));

  private Entrance() {}

  /** Shows the event to a journey that it may start. */
  static Person shown(Person person, Journey journey, Event event, Scene scene, Moment moment) {
    return switch (journey.trigger()) {
      case Trigger.On(var filter) when filter.meets(scene) ->
          asked(person, journey, Run.Cause.of(event), happened(event), scene, moment);
      case Trigger.Counted(var did)
          when did.metric().where().isEmpty() || did.metric().where().get().holds(scene) ->
          asked(
              person,
              journey,
              Run.Cause.of(event),
              Gate.of("trigger count", did.explain(scene)),
              scene,
              moment);
      case Trigger.FirstEver(var first) ->
          asked(
              person,
              journey,
              Run.Cause.of(event),
              Gate.of("trigger first", first.explain(scene)),
              scene,
              moment);
      case Trigger.On _, Trigger.Counted _, Trigger.Absent _ -> person;
    };
  }

  /** Tells a journey that waits for silence that there was enough of it. */
  static Person silent(
      Person person, Journey journey, Duration silence, Scene scene, Moment moment) {
    var reason = new Reason.Silent(silence, person.activity().lastSeenAt());
    var trigger = new Gate("trigger absence", true, reason);
    return asked(person, journey, Run.Cause.NONE, trigger, scene, moment);
  }

  private static Gate happened(Event event) {
    return new Gate("trigger", true, new Reason.Happened(event.name()));
  }

  private static Person asked(
      Person person, Journey journey, Run.Cause cause, Gate trigger, Scene scene, Moment moment) {
    var gates = gates(person, journey, trigger, scene);
    if (!gates.getLast().passed()) {
      explain(person, journey, null, Verdict.NOT_ENTERED, gates, moment);
      return person;
    }
    return enter(person, journey, cause, gates, moment);
  }

  /** One question after the other, up to the first that does not pass. */
  private static List<Gate> gates(Person person, Journey journey, Gate trigger, Scene scene) {
    if (!trigger.passed()) {
      return List.of(trigger);
    }
    if (journey.condition().isEmpty()) {
      return List.of(trigger, reentry(person, journey, scene.at()));
    }
    var condition = Gate.of("condition", journey.condition().get().explain(scene));
    return condition.passed()
        ? List.of(trigger, condition, reentry(person, journey, scene.at()))
        : List.of(trigger, condition);
  }

  private static Gate reentry(Person person, Journey journey, Instant at) {
    var progress = person.progress();
    var run = progress.runOf(journey.id());
    if (run != null) {
      return refused("already in this journey", run.enteredAt());
    }
    var visit = progress.visit(journey.id());
    if (visit == null) {
      return progress.runs().size() < RUNS_MAX ? NEVER_ENTERED : TOO_MANY_RUNS;
    }
    return visit.loopsAt(at) ? Walk.loopGate(visit) : again(journey.reentry(), visit, progress, at);
  }

  private static Gate again(Reentry reentry, Visit visit, Progress progress, Instant at) {
    if (progress.runs().size() >= RUNS_MAX) {
      return TOO_MANY_RUNS;
    }
    return switch (reentry) {
      case Reentry.Never() ->
          refused("was in this journey, and re-entry is never", visit.enteredAt());
      case Reentry.Always() -> MAY_ENTER_AGAIN;
      case Reentry.After(var period) -> after(period, visit, at);
    };
  }

  private static Gate after(Duration period, Visit visit, Instant at) {
    boolean passed = !at.isBefore(visit.enteredAt().plus(period));
    return new Gate(REENTRY, passed, new Reason.EnteredAgo(visit.enteredAt(), at, period));
  }

  private static Gate refused(String reason, Instant enteredAt) {
    return new Gate(REENTRY, false, new Reason.Entered(reason, enteredAt));
  }

  private static Person enter(
      Person person, Journey journey, Run.Cause cause, List<Gate> gates, Moment moment) {
    var run =
        new Run(
            runId(person, journey, moment),
            journey.id(),
            journey.version(),
            0,
            moment.at(),
            moment.at(),
            moment.at(),
            cause);
    explain(person, journey, run.id(), Verdict.ENTERED, gates, moment);
    moment.note(person.subject(), run, "entered", "Journey Entered");
    var visit = Visit.of(run, person.progress().visit(journey.id()));
    var entered = person.with(person.progress().with(visit));
    return Walk.from(0, entered, run, journey, moment);
  }

  private static String runId(Person person, Journey journey, Moment moment) {
    return Ids.derived(
        person.subject().key()
            + '|'
            + journey.id()
            + '|'
            + journey.version()
            + '|'
            + moment.cause()
            + '|'
            + moment.at().toEpochMilli(),
        RUN_ID_LENGTH);
  }

  private static void explain(
      Person person,
      Journey journey,
      @Nullable String run,
      Verdict verdict,
      List<Gate> gates,
      Moment moment) {
    moment.explain(
        new Decision(
            journey.id() + '@' + journey.version() + '/' + moment.occasion(),
            person.subject(),
            journey.id(),
            journey.version(),
            moment.cause(),
            run,
            verdict,
            gates,
            moment.at()));
  }
}

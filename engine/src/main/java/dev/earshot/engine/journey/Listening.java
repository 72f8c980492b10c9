package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Scene;
import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Node.WaitFor;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;
import dev.earshot.event.Origin;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import java.time.Instant;
import java.util.Map;

/** Shows an event to the runs that a user is in: it may reach a goal, end a run, or move it. */
final class Listening {

  private Listening() {}

  static Person shown(Person person, EventRules touched, Event event, Scene scene, Moment moment) {
    var heard = person;
    for (var journey : touched.goals()) {
      heard = towardsGoal(heard, journey, event, scene, moment);
    }
    if (touched.awaited()) {
      for (var run : person.progress().runs()) {
        heard = shown(heard, run, event, scene, moment);
      }
    }
    return heard;
  }

  /** Goes on with a run whose time is up. */
  static Person timeUp(Person person, Run run, Moment moment) {
    var journey = moment.rules().journey(run.journey(), run.version());
    if (journey == null || run.node() >= journey.nodes().size()) {
      return Walk.exit(person, run, unknownVersion(run), moment);
    }
    int next =
        switch (journey.nodes().get(run.node())) {
          case Node.Wait wait -> wait.next();
          case WaitFor wait -> wait.otherwise();
          case Node.Send send -> send.next();
          case Node.Branch branch -> branch.otherwise();
        };
    return Walk.from(next, person, run, journey, moment);
  }

  private static Gate unknownVersion(Run run) {
    var reason = Reason.told("version " + run.version() + " of this journey is unknown");
    return new Gate("version", false, reason);
  }

  private static Person towardsGoal(
      Person person, String id, Event event, Scene scene, Moment moment) {
    var visit = person.progress().visit(id);
    var journey = visit == null ? null : moment.rules().journey(id, visit.version());
    if (visit == null || journey == null || visit.goalReached() || journey.goal().isEmpty()) {
      return person;
    }
    var goal = journey.goal().get();
    boolean inTime =
        goal.within().isEmpty() || !scene.at().isAfter(visit.enteredAt().plus(goal.within().get()));
    if (!inTime || !goal.filter().event().equals(event.name()) || !goal.filter().meets(scene)) {
      return person;
    }
    note(person, visit, event, moment);
    return person.with(person.progress().with(visit.reachingGoal()));
  }

  private static void note(Person person, Visit visit, Event event, Moment moment) {
    var ended =
        new Run(
            visit.run(),
            visit.journey(),
            visit.version(),
            0,
            visit.enteredAt(),
            visit.enteredAt(),
            Instant.MAX,
            Run.Cause.NONE);
    moment.note(person.subject(), ended, "goal", "Journey Goal Reached", "event", event.name());
  }

  private static Person shown(Person person, Run run, Event event, Scene scene, Moment moment) {
    var journey = moment.rules().journey(run.journey(), run.version());
    if (journey == null) {
      return person;
    }
    if (journey.exit().isPresent() && isMeant(journey.exit().get(), run, event, scene)) {
      return Walk.exit(person, run, exitGate(event), moment);
    }
    boolean waits = run.node() < journey.nodes().size();
    if (waits
        && journey.nodes().get(run.node()) instanceof WaitFor wait
        && isMeant(wait.filter(), run, event, scene)) {
      return Walk.from(wait.then(), person, run.movedBy(Run.Cause.of(event)), journey, moment);
    }
    return person;
  }

  /**
   * Whether a filter of a run means the event. What became of a message is meant for the run that
   * sent it, unless the filter asks for something else.
   */
  private static boolean isMeant(EventFilter filter, Run run, Event event, Scene scene) {
    if (!filter.event().equals(event.name()) || !filter.meets(scene)) {
      return false;
    }
    return event.origin() != Origin.EARSHOT
        || filter.where().isPresent()
        || !(event.properties().at("run") instanceof Text(var sender))
        || sender.equals(run.id());
  }

  private static Gate exitGate(Event event) {
    return new Gate(
        "exit",
        true,
        event.name() + " happened",
        new Fields(Map.of("event", Value.of(event.id()))));
  }
}

package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Scene;
import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.engine.journey.Journey.Cap;
import dev.earshot.engine.journey.Node.Branch;
import dev.earshot.engine.journey.Node.Send;
import dev.earshot.engine.journey.Node.Wait;
import dev.earshot.engine.journey.Node.WaitFor;
import dev.earshot.engine.journey.UserState.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Walks one run through the nodes of its journey, to where it has to wait, or to the end. */
final class Walk {

  private static final Gate NO_CAP = new Gate("cap", true, Reason.told("no cap on messages"));

  private final Journey journey;
  private final Moment moment;
  private final List<Gate> gates = new ArrayList<>();

  private Walk(Journey journey, Moment moment) {
    this.journey = journey;
    this.moment = moment;
  }

  /** Walks the run from the node {@code from} on; it has a visit, and waits nowhere yet. */
  static Person from(int from, Person person, Run run, Journey journey, Moment moment) {
    return new Walk(journey, moment).walk(from, person, run);
  }

  /** Ends a run before its time. */
  static Person exit(Person person, Run run, Gate reason, Moment moment) {
    moment.cancelTimer(run.timer());
    moment.explain(
        new Decision(
            run.id() + "/exited",
            person.subject(),
            run.journey(),
            run.version(),
            moment.cause(),
            run.id(),
            Verdict.EXITED,
            List.of(reason),
            moment.at()));
    moment.note(person.subject(), run, "exited", "Journey Exited", "reason", reason.explanation());
    return person.with(person.progress().without(run));
  }

  private Person walk(int from, Person person, Run run) {
    int index = from;
    while (index < journey.nodes().size()) {
      var visit = person.progress().visit(journey.id());
      if (visit != null && visit.loopsAt(moment.at())) {
        return exit(person, run, loopGate(visit), moment);
      }
      if (visit != null) {
        person = person.with(person.progress().with(visit.steppedAt(moment.at())));
      }
      switch (journey.nodes().get(index)) {
        case Send send -> {
          person = send(person, run, send);
          index = send.next();
        }
        case Branch branch -> index = branch(person, run, branch);
        case Wait wait -> {
          return await(person, run, index, wait.path(), moment.at().plus(wait.duration()));
        }
        case WaitFor wait -> {
          return await(person, run, index, wait.path(), moment.at().plus(wait.within()));
        }
      }
    }
    return complete(person, run);
  }

  static Gate loopGate(Visit visit) {
    return new Gate("loop", false, new Reason.Looped(visit.hourSteps()));
  }

  private int branch(Person person, Run run, Branch branch) {
    var scene =
        new Scene(person.profile(), person.activity(), run.cause().properties(), moment.at());
    var evidence = branch.condition().explain(scene);
    gates.add(Gate.of(branch.path(), evidence));
    return evidence.passed() ? branch.then() : branch.otherwise();
  }

  private Person await(Person person, Run run, int index, String path, Instant dueAt) {
    moment.setTimer(run.timer(), dueAt);
    moment.note(
        person.subject(),
        run,
        "moved/" + path,
        "Journey Moved",
        "step",
        path,
        "because",
        because());
    return person.with(person.progress().with(run.waitingAt(index, moment.at(), dueAt)));
  }

  private Person complete(Person person, Run run) {
    if (person.progress().run(run.id()) != null) {
      moment.cancelTimer(run.timer());
    }
    moment.note(person.subject(), run, "completed", "Journey Completed", "because", because());
    return person.with(person.progress().without(run));
  }

  /** What the branches found that no decision has told yet. */
  private String because() {
    return gates.stream().map(Gate::explanation).collect(Collectors.joining("; "));
  }

  private Person send(Person person, Run run, Send send) {
    boolean passed = passes(person, send);
    var turn = Spacing.turn(person, send.channel(), moment);
    if (passed && turn.isAfter(moment.now())) {
      gates.add(new Gate("spacing", true, new Reason.Spaced(turn)));
    }
    decide(person, run, send, passed ? Verdict.SENT : Verdict.SUPPRESSED);
    var delivery = Messages.delivery(person, journey, run, send, moment);
    if (!passed) {
      noteMessage(person, run, send, delivery.id(), "Message Suppressed");
      return person;
    }
    moment.deliver(delivery, turn);
    noteMessage(person, run, send, delivery.id(), "Message Decided");
    var sent = new Sent(delivery.id(), journey.id(), send.channel(), moment.at(), turn);
    return person.with(person.progress().with(sent));
  }

  /** Asks one question after the other, up to the first that does not pass. */
  private boolean passes(Person person, Send send) {
    if (Subscription.concerns(send.channel())) {
      gates.add(Subscription.gate(person));
      if (!gates.getLast().passed()) {
        return false;
      }
    }
    gates.add(journey.cap().map(limit -> cap(person, limit)).orElse(NO_CAP));
    return gates.getLast().passed();
  }

  private void decide(Person person, Run run, Send send, Verdict verdict) {
    moment.explain(
        new Decision(
            run.id() + '/' + send.path(),
            person.subject(),
            run.journey(),
            run.version(),
            moment.cause(),
            run.id(),
            verdict,
            gates,
            moment.at()));
    gates.clear();
  }

  private void noteMessage(Person person, Run run, Send send, String delivery, String name) {
    moment.note(
        person.subject(),
        run,
        "message/" + send.path(),
        name,
        "step",
        send.path(),
        "channel",
        send.channel(),
        "delivery",
        delivery);
  }

  private Gate cap(Person person, Cap cap) {
    int sent = person.progress().sendsAfter(moment.at().minus(cap.within()));
    return new Gate("cap", sent < cap.messages(), new Reason.Capped(sent, cap));
  }
}

package dev.earshot.engine.journey;

import dev.earshot.engine.Input;
import dev.earshot.engine.Input.Arrived;
import dev.earshot.engine.Input.TimerFired;
import dev.earshot.engine.Machine;
import dev.earshot.engine.Step;
import dev.earshot.engine.journey.UserInput.AccountChanged;
import dev.earshot.engine.journey.UserInput.Happened;
import dev.earshot.engine.journey.UserInput.Joined;
import dev.earshot.engine.journey.UserInput.Linked;
import dev.earshot.engine.journey.UserInput.Merged;
import dev.earshot.engine.journey.UserInput.PassedOn;
import dev.earshot.engine.journey.UserState.Account;
import dev.earshot.engine.journey.UserState.MovedTo;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.engine.journey.UserState.Unknown;
import dev.earshot.event.Event;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import java.time.Instant;
import java.util.List;

/**
 * All that happens to one subject: who it is, what is known of it, and where it stands in the
 * journeys of its workspace.
 */
public final class UserMachine implements Machine<UserState, UserInput, UserOutput> {

  private final Rules rules;

  public UserMachine(Rules rules) {
    this.rules = rules;
  }

  @Override
  public UserState initial() {
    return Unknown.UNKNOWN;
  }

  @Override
  public Step<UserState, UserOutput> step(UserState state, Input<UserInput> input) {
    return switch (input) {
      case Arrived<UserInput>(var value, var at) -> {
        var moment = new Moment(rules.workspace(value.subject().workspace()), cause(value), at, at);
        yield new Step<>(arrived(state, value, moment), moment.effects());
      }
      case TimerFired<UserInput>(var timer, var dueAt, var at)
          when state instanceof Person person -> {
        var moment = new Moment(rules.workspace(person.subject().workspace()), timer, dueAt, at);
        yield new Step<>(fired(person, timer, moment), moment.effects());
      }
      case TimerFired<UserInput> _ -> Step.stay(state);
    };
  }

  /** An event that was passed on keeps its own name as a cause. */
  private static String cause(UserInput input) {
    return input instanceof PassedOn(var event, _, _) ? event.id() : input.id();
  }

  private static UserState arrived(UserState state, UserInput input, Moment moment) {
    return switch (state) {
      case Unknown unknown -> first(unknown, input, moment);
      case Person person -> bounded(known(person, input, moment));
      case MovedTo moved -> Forwarding.passedOn(moved, input, moment);
      case Account account when input instanceof Joined joined ->
          Accounts.joined(account, joined, moment);
      case Account account -> account;
    };
  }

  /** The first word of a subject decides what it is. */
  private static UserState first(Unknown unknown, UserInput input, Moment moment) {
    return switch (input) {
      case Happened _, PassedOn _, Merged _ ->
          bounded(known(Person.firstSeen(input.subject(), seenAt(input, moment)), input, moment));
      case Linked(_, var subject, var user) when !user.equals(subject) ->
          new MovedTo(subject, user);
      case Joined joined ->
          Accounts.joined(
              new Account(joined.subject(), Properties.EMPTY, List.of(), 0), joined, moment);
      case Linked _, AccountChanged _ -> unknown;
    };
  }

  private static UserState known(Person person, UserInput input, Moment moment) {
    return switch (input) {
      case Happened(var event) -> Hearing.heard(person, event, moment);
      case PassedOn(var event, _, _) -> Hearing.heard(person, event, moment);
      case Linked(_, _, var user) -> Identity.moved(person, user, moment);
      case Merged(_, _, var from, Person other) -> Identity.merged(person, other, from, moment);
      case AccountChanged changed -> Accounts.changed(person, changed);
      case Merged _, Joined _ -> person;
    };
  }

  private static UserState fired(Person person, String timer, Moment moment) {
    if (timer.equals(Silence.TIMER)) {
      return bounded(Silences.timeUp(person, moment));
    }
    var run = Run.ofTimer(timer).map(person.progress()::run);
    if (run.isEmpty() || moment.at().isBefore(run.get().dueAt())) {
      return person;
    }
    return bounded(Listening.timeUp(person, run.get(), moment));
  }

  private static UserState bounded(UserState state) {
    return state instanceof Person person ? Bounds.bounded(person) : state;
  }

  private static Instant seenAt(UserInput input, Moment moment) {
    return switch (input) {
      case Happened(var event) -> seenAt(event, moment);
      case PassedOn(var event, _, _) -> seenAt(event, moment);
      case Merged(_, _, _, Person other) -> other.activity().firstSeenAt();
      case Merged _, Linked _, Joined _, AccountChanged _ -> moment.at();
    };
  }

  private static Instant seenAt(Event event, Moment moment) {
    return event.origin() == Origin.HISTORY ? event.occurredAt() : moment.at();
  }
}

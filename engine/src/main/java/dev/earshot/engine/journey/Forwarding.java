package dev.earshot.engine.journey;

import dev.earshot.engine.journey.UserInput.AccountChanged;
import dev.earshot.engine.journey.UserInput.Happened;
import dev.earshot.engine.journey.UserInput.Joined;
import dev.earshot.engine.journey.UserInput.Linked;
import dev.earshot.engine.journey.UserInput.Merged;
import dev.earshot.engine.journey.UserInput.PassedOn;
import dev.earshot.engine.journey.UserState.MovedTo;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;

/**
 * Passes on what a subject hears that has moved. Where users were linked in a circle, what comes
 * round is kept by whom it reaches last, who thereby is on its own again.
 */
final class Forwarding {

  static final int HOPS_MAX = 8;

  private static final String HOP = "/on";

  private Forwarding() {}

  static UserState passedOn(MovedTo moved, UserInput input, Moment moment) {
    return switch (input) {
      case Happened(var event) -> passedOn(moved, event, 1, moment);
      case PassedOn(var event, _, var hops) -> passedOn(moved, event, hops + 1, moment);
      case Linked(_, var subject, var user) ->
          user.equals(subject) ? moved : new MovedTo(subject, user);
      case Merged merged -> merged(moved, merged, moment);
      case AccountChanged(var id, _, var account, var traits) -> {
        if (hops(id) < HOPS_MAX) {
          moment.forward(new AccountChanged(id + HOP, moved.user(), account, traits));
        }
        yield moved;
      }
      case Joined _ -> moved;
    };
  }

  private static UserState passedOn(MovedTo moved, Event event, int hops, Moment moment) {
    if (hops > HOPS_MAX) {
      var person = Person.firstSeen(moved.subject(), moment.at());
      return Hearing.heard(person, event, moment);
    }
    moment.forward(new PassedOn(event, moved.user(), hops));
    return moved;
  }

  private static UserState merged(MovedTo moved, Merged input, Moment moment) {
    boolean comesRound =
        input.from().equals(moved.subject())
            || input.from().equals(moved.user())
            || hops(input.id()) >= HOPS_MAX;
    if (comesRound && input.state() instanceof Person other) {
      var person = Person.firstSeen(moved.subject(), other.activity().firstSeenAt());
      return Identity.merged(person, other, input.from(), moment);
    }
    moment.forward(new Merged(input.id() + HOP, moved.user(), input.from(), input.state()));
    return moved;
  }

  private static int hops(String id) {
    int hops = 0;
    int end = id.length();
    while (id.startsWith(HOP, end - HOP.length())) {
      hops++;
      end -= HOP.length();
    }
    return hops;
  }
}

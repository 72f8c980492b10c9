package dev.earshot.engine.journey;

import dev.earshot.event.Event;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;

/** What one subject hears through the log: events, and what other subjects have to tell it. */
public sealed interface UserInput {

  /** By which a repeat is recognised: the same id for the same subject is the same input. */
  String id();

  /** Whom it concerns, and so where in the log it stands. */
  Subject subject();

  record Happened(Event event) implements UserInput {
    @Override
    public String id() {
      return event.id();
    }

    @Override
    public Subject subject() {
      return event.subject();
    }
  }

  /**
   * An event of a subject that has moved, passed on to the user it moved to.
   *
   * @param hops how often it was passed on
   */
  record PassedOn(Event event, Subject subject, int hops) implements UserInput {
    @Override
    public String id() {
      return event.id() + "/moved/" + hops;
    }
  }

  /** The subject, so far on its own, turned out to be {@code user}: its state is to move there. */
  record Linked(String id, Subject subject, Subject user) implements UserInput {}

  /** The subject receives all that was known of {@code from}, which is the same user. */
  record Merged(String id, Subject subject, Subject from, UserState state) implements UserInput {}

  /** A user belongs to the account that is the subject; the traits are what the call said of it. */
  record Joined(String id, Subject subject, Subject member, Fields traits) implements UserInput {}

  /** An account tells one of its members, the subject, what its traits are now. */
  record AccountChanged(String id, Subject subject, Subject account, Fields traits)
      implements UserInput {}
}

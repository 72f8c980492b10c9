package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Activity;
import dev.earshot.engine.audience.Profile;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import java.time.Instant;
import java.util.List;

/** What the engine remembers of one subject. */
public sealed interface UserState {

  /** The size no encoded state passes: beyond it the oldest detail is dropped, and counted. */
  int BYTES_MAX = 64 * 1024;

  /** A subject nobody has heard of. */
  record Unknown() implements UserState {
    public static final Unknown UNKNOWN = new Unknown();
  }

  /**
   * A user, or a visitor whose user is not known yet.
   *
   * @param anonymousIds the visitors that turned out to be this user
   * @param dropped how many details were given up to keep the state within its limits
   */
  record Person(
      Subject subject,
      Profile profile,
      Activity activity,
      Progress progress,
      List<String> anonymousIds,
      int dropped)
      implements UserState {

    public Person {
      anonymousIds = List.copyOf(anonymousIds);
    }

    static Person firstSeen(Subject subject, Instant at) {
      return new Person(
          subject, Profile.EMPTY, Activity.startingAt(at), Progress.NONE, List.of(), 0);
    }

    Person with(Profile changed) {
      return new Person(subject, changed, activity, progress, anonymousIds, dropped);
    }

    Person with(Activity changed) {
      return new Person(subject, profile, changed, progress, anonymousIds, dropped);
    }

    Person with(Progress changed) {
      return new Person(subject, profile, activity, changed, anonymousIds, dropped);
    }

    Person withAnonymousIds(List<String> changed) {
      return new Person(subject, profile, activity, progress, changed, dropped);
    }

    Person dropping(int more) {
      return more == 0
          ? this
          : new Person(subject, profile, activity, progress, anonymousIds, dropped + more);
    }
  }

  /** A subject that turned out to be {@code user}, under whom its events count from then on. */
  record MovedTo(Subject subject, Subject user) implements UserState {}

  /**
   * An account and the users that are told of its traits.
   *
   * @param untold how many users joined when the account could not keep any more members
   */
  record Account(Subject subject, Properties traits, List<Subject> members, int untold)
      implements UserState {

    public Account {
      members = List.copyOf(members);
    }
  }
}

package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.UserInput.Linked;
import dev.earshot.engine.journey.UserInput.Merged;
import dev.earshot.engine.journey.UserState.MovedTo;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Subject;
import dev.earshot.event.Subject.Kind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which ids are one user. The user's state tells the other subject of the link; that one sends over
 * all it knows, and from then on passes on what it hears.
 */
final class Identity {

  static final int ANONYMOUS_IDS_MAX = 50;

  private static final int TIMES_MAX = 101;

  private Identity() {}

  /** Tells the visitor, or the former id, of an event that it is this user. */
  static Person linked(Person person, Event event, Moment moment) {
    var visitor = event.anonymousId();
    var former = event.type() == EventType.ALIAS ? event.previousId() : null;
    boolean names = visitor != null || former != null;
    if (!names || person.subject().kind() != Kind.USER || JunkIds.isJunk(person.subject().id())) {
      return person;
    }
    var linked = visitor == null ? person : linked(person, visitor, "/link", moment);
    if (former == null || former.equals(person.subject().id()) || JunkIds.isJunk(former)) {
      return linked;
    }
    var subject = Subject.user(person.subject().workspace(), former);
    moment.forward(new Linked(moment.cause() + "/alias", subject, person.subject()));
    return linked(linked, former, "/alias-visitor", moment);
  }

  private static Person linked(Person person, String visitor, String idEnd, Moment moment) {
    var known = person.anonymousIds();
    if (known.contains(visitor) || JunkIds.isJunk(visitor)) {
      return person;
    }
    if (known.size() >= ANONYMOUS_IDS_MAX) {
      return person.dropping(1);
    }
    var subject = Subject.anonymous(person.subject().workspace(), visitor);
    moment.forward(new Linked(moment.cause() + idEnd, subject, person.subject()));
    var ids = new ArrayList<>(known);
    ids.add(visitor);
    return person.withAnonymousIds(ids);
  }

  /** A subject that was on its own moves to the user that it turned out to be. */
  static UserState moved(Person person, Subject user, Moment moment) {
    if (user.equals(person.subject())) {
      return person;
    }
    for (var run : person.progress().runs()) {
      moment.cancelTimer(run.timer());
    }
    if (person.progress().silence().watched()) {
      moment.cancelTimer(Silence.TIMER);
    }
    moment.forward(new Merged(moment.cause() + "/merge", user, person.subject(), person));
    return new MovedTo(person.subject(), user);
  }

  /** All that was known of {@code other}, who turned out to be this person. */
  static Person merged(Person person, Person other, Subject from, Moment moment) {
    var described = described(person, other);
    var joined = Accounts.merged(described, other, moment);
    var active = active(joined, other);
    var walking = walking(active, other, moment);
    moment.note(
        person.subject(),
        moment.cause(),
        "User Merged",
        new Fields(Map.of("from", Value.of(from.key()))));
    var merged = withIds(walking, other);
    // Who is known from imported history alone is not watched, and a merge must not change that.
    boolean watched = person.progress().silence().watched() || other.progress().silence().watched();
    return watched ? Silences.watched(merged, moment) : merged;
  }

  private static Person described(Person person, Person other) {
    var kept = Traits.merged(other.profile().traits(), person.profile().traits(), Traits.USER);
    var at =
        other.profile().traitsAt().isAfter(person.profile().traitsAt())
            ? other.profile().traitsAt()
            : person.profile().traitsAt();
    return person
        .with(person.profile().withTraits(kept.traits(), at))
        .dropping(kept.dropped() + other.dropped());
  }

  private static Person active(Person person, Person other) {
    var one = person.activity();
    var two = other.activity();
    var merged =
        one.with(
                one.events().and(two.events(), Metric.RECENT_MAX),
                one.counts().and(two.counts(), TIMES_MAX))
            .seenAt(two.firstSeenAt())
            .seenAt(two.lastSeenAt());
    return Hearing.bounded(person, merged, "");
  }

  private static Person walking(Person person, Person other, Moment moment) {
    var walking = person.with(person.progress().withSends(sends(person, other)));
    for (var visit : other.progress().visits()) {
      var own = walking.progress().visit(visit.journey());
      walking = walking.with(walking.progress().with(own == null ? visit : own.and(visit)));
    }
    for (var run : other.progress().runs()) {
      walking = withRun(walking, run, moment);
    }
    return walking;
  }

  /**
   * A user walks a journey once at a time: the run that came along ends if there is one already.
   */
  private static Person withRun(Person person, Run run, Moment moment) {
    var progress = person.progress();
    if (progress.runOf(run.journey()) != null) {
      return Walk.exit(person, run, refused("is in this journey already"), moment);
    }
    if (progress.runs().size() >= Entrance.RUNS_MAX) {
      return Walk.exit(
          person, run, refused("is in " + Entrance.RUNS_MAX + " journeys already"), moment);
    }
    moment.setTimer(run.timer(), run.dueAt());
    return person.with(progress.with(run));
  }

  private static Gate refused(String reason) {
    return new Gate("merge", false, Reason.told("merged into a user who " + reason));
  }

  private static List<Sent> sends(Person person, Person other) {
    var sends = new ArrayList<>(person.progress().sends());
    sends.addAll(other.progress().sends());
    sends.sort(Comparator.comparing(Sent::at));
    return sends;
  }

  private static Person withIds(Person person, Person other) {
    var ids = new ArrayList<>(person.anonymousIds());
    if (other.subject().kind() == Kind.ANONYMOUS) {
      ids.add(other.subject().id());
    }
    ids.addAll(other.anonymousIds());
    var kept = ids.stream().distinct().limit(ANONYMOUS_IDS_MAX).toList();
    return person.withAnonymousIds(kept);
  }
}

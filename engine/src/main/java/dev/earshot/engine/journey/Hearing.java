package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Activity;
import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.audience.MetricKey;
import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.audience.Scene;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;
import java.time.Instant;
import java.util.List;

/** What an event does to the user it happened to. */
final class Hearing {

  static final int EVENT_NAMES_MAX = 200;
  static final int COUNTS_MAX = 200;

  private static final int NAME_LENGTH_MAX = 200;

  private Hearing() {}

  static Person heard(Person person, Event event, Moment moment) {
    moment.note(new Fact.Heard(person.subject(), event));
    var touched = moment.rules().on(event.name());
    return switch (event.origin()) {
      case LIVE -> live(person, event, touched, moment);
      case HISTORY -> known(person, event, touched, event.occurredAt(), moment);
      case EARSHOT ->
          moved(counted(person, event, touched, moment.at(), moment), event, touched, moment);
    };
  }

  private static Person live(Person person, Event event, EventRules touched, Moment moment) {
    var known = known(person, event, touched, moment.at(), moment);
    return Silences.watched(moved(known, event, touched, moment), moment);
  }

  /** What is known of the user once the event is taken in: identity, traits, account, counts. */
  private static Person known(
      Person person, Event event, EventRules touched, Instant at, Moment moment) {
    var linked = Identity.linked(person, event, moment);
    var described =
        switch (event.type()) {
          case IDENTIFY -> described(linked, event, at);
          case GROUP -> Accounts.joined(linked, event, at, moment);
          case TRACK, PAGE, SCREEN, ALIAS -> linked;
        };
    var counted = counted(described, event, touched, at, moment);
    return counted.with(counted.activity().seenAt(at));
  }

  /** What the journeys make of it: those the user is in first, then those that may start. */
  private static Person moved(Person person, Event event, EventRules touched, Moment moment) {
    var scene = new Scene(person.profile(), person.activity(), event.properties(), moment.at());
    var moved = Listening.shown(person, touched, event, scene, moment);
    for (var journey : touched.triggered()) {
      moved = Entrance.shown(moved, journey, event, scene, moment);
    }
    return moved;
  }

  private static Person described(Person person, Event event, Instant at) {
    var profile = person.profile();
    boolean newer = !at.isBefore(profile.traitsAt());
    var kept =
        newer
            ? Traits.merged(profile.traits(), event.properties(), Traits.USER)
            : Traits.merged(event.properties(), profile.traits(), Traits.USER);
    return person
        .with(profile.withTraits(kept.traits(), newer ? at : profile.traitsAt()))
        .dropping(kept.dropped());
  }

  private static Person counted(
      Person person, Event event, EventRules touched, Instant at, Moment moment) {
    if (event.name().length() > NAME_LENGTH_MAX) {
      return person.dropping(1);
    }
    var activity = person.activity();
    var events = plus(activity.events(), event.name(), at, Metric.RECENT_MAX);
    var counts = activity.counts();
    if (!touched.counts().isEmpty()) {
      var scene = new Scene(person.profile(), activity, event.properties(), moment.at());
      counts = counts(counts, touched.counts(), scene, at);
    }
    return bounded(person, activity.with(events, counts), event.name());
  }

  private static Metrics counts(Metrics before, List<MetricKey> keys, Scene scene, Instant at) {
    var counts = before;
    for (var key : keys) {
      if (key.where().isEmpty() || key.where().get().holds(scene)) {
        counts = plus(counts, key.id(), at, key.keep());
      }
    }
    return counts;
  }

  private static Metrics plus(Metrics metrics, String name, Instant at, int keep) {
    return metrics.with(name, metrics.get(name).happenedAt(at.toEpochMilli(), keep));
  }

  /** The activity with as many names as are kept; the one named last is not given up. */
  static Person bounded(Person person, Activity activity, String name) {
    var events = activity.events();
    var counts = activity.counts();
    if (events.size() <= EVENT_NAMES_MAX && counts.size() <= COUNTS_MAX) {
      return person.with(activity);
    }
    int dropped = 0;
    while (events.size() > EVENT_NAMES_MAX) {
      events = events.withoutOldest(name);
      dropped++;
    }
    while (counts.size() > COUNTS_MAX) {
      counts = counts.withoutOldest("");
      dropped++;
    }
    return person.with(activity.with(events, counts)).dropping(dropped);
  }
}

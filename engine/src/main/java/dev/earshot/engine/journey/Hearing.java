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
          moved(
              counted(person, person.activity(), event, touched, moment.at()),
              event,
              touched,
              moment);
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
    return counted(described, described.activity().seenAt(at), event, touched, at);
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

  /** The person after that activity, the event counted in. */
  private static Person counted(
      Person person, Activity activity, Event event, EventRules touched, Instant at) {
    if (event.name().length() > NAME_LENGTH_MAX) {
      return person.with(activity).dropping(1);
    }
    long atMillis = at.toEpochMilli();
    var events = activity.events().happenedAt(event.name(), atMillis, Metric.RECENT_MAX);
    var counts = activity.counts();
    if (!touched.counts().isEmpty()) {
      var scene = new Scene(person.profile(), activity, event.properties(), at);
      counts = counts(counts, touched.counts(), scene, atMillis);
    }
    return bounded(person, activity.with(events, counts), event.name());
  }

  private static Metrics counts(Metrics before, List<MetricKey> keys, Scene scene, long atMillis) {
    var counts = before;
    for (var key : keys) {
      if (key.where().isEmpty() || key.where().get().holds(scene)) {
        counts = counts.happenedAt(key.id(), atMillis, key.keep());
      }
    }
    return counts;
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

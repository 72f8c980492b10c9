package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Scene;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Properties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Watches for silence: one timer for all journeys that wait for it, moved only when it fires. */
final class Silences {

  private Silences() {}

  /** Sees that the timer runs, and not longer than the shortest silence that is waited for. */
  static Person watched(Person person, Moment moment) {
    var shortest = moment.rules().absenceAfter(Duration.ZERO);
    if (shortest == null) {
      return person;
    }
    var silence = person.progress().silence();
    var dueAt = person.activity().lastSeenAt().plus(shortest);
    if (!silence.dueAt().isAfter(dueAt)) {
      return person;
    }
    moment.setTimer(Silence.TIMER, dueAt);
    return person.with(
        person.progress().with(new Silence(dueAt, silence.since(), silence.covered())));
  }

  /** Tells journeys of the silence there is, and waits for the next longer one. */
  static Person timeUp(Person person, Moment moment) {
    var silence = person.progress().silence();
    if (!silence.watched() || moment.at().isBefore(silence.dueAt())) {
      return person;
    }
    var since = person.activity().lastSeenAt();
    var told = silence.since().equals(since) ? silence.covered() : Duration.ZERO;
    var lasted = Duration.between(since, moment.at());
    var asked = person;
    for (var journey : moment.rules().absences()) {
      if (journey.trigger() instanceof Trigger.Absent(var period)
          && period.compareTo(told) > 0
          && period.compareTo(lasted) <= 0) {
        asked = Entrance.silent(asked, journey, lasted, scene(asked, moment), moment);
      }
    }
    var covered = lasted.compareTo(told) > 0 ? lasted : told;
    return next(asked, covered, moment.rules().absenceAfter(covered), moment);
  }

  private static Person next(
      Person person, Duration covered, @Nullable Duration longer, Moment moment) {
    var since = person.activity().lastSeenAt();
    if (longer == null) {
      return person.with(
          person.progress().with(new Silence(Silence.UNWATCHED.dueAt(), since, covered)));
    }
    var dueAt = since.plus(longer);
    moment.setTimer(Silence.TIMER, dueAt);
    return person.with(person.progress().with(new Silence(dueAt, since, covered)));
  }

  private static Scene scene(Person person, Moment moment) {
    return new Scene(person.profile(), person.activity(), Properties.EMPTY, moment.at());
  }
}

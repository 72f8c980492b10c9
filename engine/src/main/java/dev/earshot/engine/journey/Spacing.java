package dev.earshot.engine.journey;

import dev.earshot.engine.journey.UserState.Person;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the messages of one person apart while journeys catch up: what was due over hours in which
 * nothing ran is decided within a second, and is not to arrive within one.
 */
final class Spacing {

  /** Between two messages on one channel, and how late a decision is that catches up. */
  static final Duration APART = Duration.ofMinutes(1);

  private Spacing() {}

  /** When a message that is decided now may go out. */
  static Instant turn(Person person, String channel, Moment moment) {
    var now = moment.now();
    var last = lastOf(person, channel);
    boolean late = moment.at().isBefore(now.minus(APART));
    boolean othersWait = last.isAfter(now);
    var turn = last.plus(APART);
    return (late || othersWait) && turn.isAfter(now) ? turn : now;
  }

  private static Instant lastOf(Person person, String channel) {
    var last = Instant.EPOCH;
    for (var sent : person.progress().sends()) {
      if (sent.channel().equals(channel) && sent.notBefore().isAfter(last)) {
        last = sent.notBefore();
      }
    }
    return last;
  }
}

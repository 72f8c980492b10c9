package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Durations;
import dev.earshot.engine.audience.Evidence;
import dev.earshot.engine.journey.Journey.Cap;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;

/** Why a gate was passed or not: kept as it was found, and put into words when somebody asks. */
public sealed interface Reason {

  /** What a condition rests on. */
  record Found(Evidence evidence) implements Reason {}

  /** The event that was waited for. */
  record Happened(String event) implements Reason {}

  /** Nothing happened for so long. */
  record Silent(Duration silence, Instant lastSeenAt) implements Reason {}

  /** The user entered before, and what follows from that. */
  record Entered(String consequence, Instant enteredAt) implements Reason {}

  /** The user entered before, and may enter again when the period is over. */
  record EnteredAgo(Instant enteredAt, Instant at, Duration period) implements Reason {}

  /** Too many steps within an hour. */
  record Looped(int steps) implements Reason {}

  /** So many messages were sent already. */
  record Capped(int sent, Cap cap) implements Reason {}

  /** The message waits until then, since others go out before it. */
  record Spaced(Instant turn) implements Reason {}

  /** In words already. */
  record Told(String explanation, Fields seen) implements Reason {}

  /** Words that rest on nothing else. */
  static Reason told(String explanation) {
    return new Told(explanation, Fields.EMPTY);
  }

  /** One sentence for a person: "2 of 3 within 24 h; the third is 14 min outside". */
  default String explanation() {
    return switch (this) {
      case Found(var evidence) -> evidence.explanation();
      case Happened(var event) -> event + " happened";
      case Silent(var silence, _) -> "no activity for " + Durations.shown(silence);
      case Entered(var consequence, _) -> consequence;
      case EnteredAgo ago -> explanation(ago);
      case Looped(var steps) -> steps + " steps of this journey within an hour: a loop is stopped";
      case Capped(var sent, Cap(var messages, var within)) ->
          sent
              + " of "
              + messages
              + " messages within "
              + Durations.shown(within)
              + " were sent already";
      case Spaced(var turn) ->
          "others go first: it waits until "
              + Times.text(turn)
              + ", a minute after the message before it";
      case Told(var explanation, _) -> explanation;
    };
  }

  /** Shows the values that were looked at, each under a name of its own. */
  default void show(BiConsumer<String, Value> viewer) {
    switch (this) {
      case Found(var evidence) -> evidence.show(viewer);
      case Happened _ -> {}
      case Silent(_, var lastSeenAt) -> viewer.accept("lastSeen", time(lastSeenAt));
      case Entered(_, var enteredAt) -> viewer.accept("entered", time(enteredAt));
      case EnteredAgo(var enteredAt, _, _) -> viewer.accept("entered", time(enteredAt));
      case Looped(var steps) -> viewer.accept("steps", Value.of(steps));
      case Capped(var sent, _) -> viewer.accept("sent", Value.of(sent));
      case Spaced(var turn) -> viewer.accept("turn", time(turn));
      case Told(_, var seen) -> seen.fields().forEach(viewer);
    }
  }

  /** The values that were looked at, by what they are. */
  default Fields seen() {
    var seen = new LinkedHashMap<String, Value>();
    show(seen::put);
    return new Fields(seen);
  }

  private static String explanation(EnteredAgo entered) {
    var ago = Duration.between(entered.enteredAt(), entered.at());
    return "entered "
        + Durations.shown(ago.isNegative() ? Duration.ZERO : ago)
        + " ago (wanted: not within "
        + Durations.shown(entered.period())
        + ')';
  }

  private static Value time(Instant at) {
    return Value.of(Times.text(at));
  }
}

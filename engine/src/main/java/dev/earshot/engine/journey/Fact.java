package dev.earshot.engine.journey;

import dev.earshot.event.Event;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.time.Instant;

/**
 * What happened, once each, with the user it happened to: what analytics and anyone may build on.
 */
public sealed interface Fact {

  /** Whose fact it is, after identities were resolved. */
  Subject subject();

  /** When it happened: for events {@link Event#occurredAt}, else the log's time. */
  Instant at();

  /** An event, counted once however often it arrived. */
  record Heard(Subject subject, Event event) implements Fact {
    @Override
    public Instant at() {
      return event.occurredAt();
    }
  }

  /**
   * A move that Earshot itself made: {@code Journey Entered}, {@code User Merged}.
   *
   * @param id derived from what caused it, so that the same move is the same fact
   */
  record Made(Subject subject, String id, String name, Fields properties, Instant at)
      implements Fact {}
}

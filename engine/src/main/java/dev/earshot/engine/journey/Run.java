package dev.earshot.engine.journey;

import dev.earshot.event.Event;
import dev.earshot.event.Properties;
import java.time.Instant;

/**
 * One walk of one user through one version of a journey, waiting at a node. It waits on exactly one
 * timer, {@link #timer()}.
 *
 * @param id derived from the journey, its version, the subject and what caused it
 * @param node the index of the node it waits at
 * @param since when it came to that node
 * @param dueAt when its timer fires
 * @param cause the event that last moved it
 */
public record Run(
    String id,
    String journey,
    int version,
    int node,
    Instant enteredAt,
    Instant since,
    Instant dueAt,
    Cause cause) {

  private static final String TIMER = "run/";

  /** The part of an event that a run keeps, for its conditions and its messages. */
  public record Cause(String name, Properties properties, Instant at) {

    /** The cause of a run that no event started. */
    public static final Cause NONE = new Cause("", Properties.EMPTY, Instant.EPOCH);

    static Cause of(Event event) {
      return new Cause(event.name(), event.properties(), event.occurredAt());
    }
  }

  public String timer() {
    return TIMER + id;
  }

  static boolean isTimer(String timer) {
    return timer.startsWith(TIMER);
  }
}

package dev.earshot.engine.journey;

import dev.earshot.event.Event;
import dev.earshot.event.Json;
import dev.earshot.event.Properties;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    private static final int BYTES_MAX = 4 * 1024;

    static Cause of(Event event) {
      return new Cause(event.name(), event.properties(), event.occurredAt());
    }

    /** What of it is kept while a run waits: the first properties, as many as there is room for. */
    Cause bounded() {
      if (properties.json().length <= BYTES_MAX) {
        return this;
      }
      var kept = new LinkedHashMap<String, Value>();
      int bytes = 2;
      for (var property : properties.fields().fields().entrySet()) {
        var single = new Fields(Map.of(property.getKey(), property.getValue()));
        bytes += Json.bytes(single).length;
        if (bytes <= BYTES_MAX) {
          kept.put(property.getKey(), property.getValue());
        }
      }
      return new Cause(name, Properties.of(new Fields(kept)), at);
    }
  }

  public String timer() {
    return TIMER + id;
  }

  /** This run, waiting at a node until {@code due}. */
  Run waitingAt(int index, Instant now, Instant due) {
    return new Run(id, journey, version, index, enteredAt, now, due, cause.bounded());
  }

  Run movedBy(Cause event) {
    return new Run(id, journey, version, node, enteredAt, since, dueAt, event);
  }

  /** The id of the run whose timer it is, absent for any other timer. */
  static Optional<String> ofTimer(String timer) {
    return timer.startsWith(TIMER)
        ? Optional.of(timer.substring(TIMER.length()))
        : Optional.empty();
  }
}

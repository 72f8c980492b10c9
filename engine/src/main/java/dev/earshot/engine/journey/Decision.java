package dev.earshot.engine.journey;

import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journey's verdict on one user, with everything it looked at: what "why did I (not) get this?"
 * shows.
 *
 * @param id derived from the journey, its version, the subject and what caused it
 * @param cause the id of the event or the name of the timer that made the journey look
 * @param run the run that was entered or moved, absent when none was
 * @param gates in the order they were tried; the first that did not pass decided
 */
public record Decision(
    String id,
    Subject subject,
    String journey,
    int version,
    String cause,
    @Nullable String run,
    Verdict verdict,
    List<Gate> gates,
    Instant at) {

  public Decision {
    gates = List.copyOf(gates);
  }

  /** What was decided. */
  public enum Verdict {
    ENTERED,
    NOT_ENTERED,
    SENT,
    SUPPRESSED,
    EXITED
  }

  /**
   * One question a journey asked.
   *
   * @param name {@code trigger count}, {@code condition}, {@code re-entry}, {@code cap}
   * @param explanation one sentence for a person: "2 of 3 within 24 h; the third is 14 min outside"
   * @param seen the values it looked at
   */
  public record Gate(String name, boolean passed, String explanation, Fields seen) {}
}

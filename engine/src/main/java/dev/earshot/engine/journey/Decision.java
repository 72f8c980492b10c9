package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Evidence;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
    EXITED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word in the log: {@code not-entered}. */
    String word() {
      return word;
    }
  }

  /**
   * One question a journey asked. Two are equal that read the same.
   *
   * @param name {@code trigger count}, {@code condition}, {@code re-entry}, {@code cap}
   */
  public record Gate(String name, boolean passed, Reason reason) {

    public Gate(String name, boolean passed, String explanation, Fields seen) {
      this(name, passed, new Reason.Told(explanation, seen));
    }

    static Gate of(String name, Evidence evidence) {
      return new Gate(name, evidence.passed(), new Reason.Found(evidence));
    }

    public String explanation() {
      return reason.explanation();
    }

    /** The values it looked at. */
    public Fields seen() {
      return reason.seen();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Gate that
          && name.equals(that.name)
          && passed == that.passed
          && explanation().equals(that.explanation())
          && seen().equals(that.seen());
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, passed, explanation());
    }

    @Override
    public String toString() {
      return name + (passed ? " passed: " : " failed: ") + explanation() + ' ' + seen();
    }
  }
}

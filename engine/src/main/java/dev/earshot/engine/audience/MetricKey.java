package dev.earshot.engine.audience;

import dev.earshot.engine.Ids;
import java.util.Optional;

/**
 * Which events a count counts, and how many of their times it needs. What every user's state keeps
 * anyway has the event's name as its id; any other count an id derived from its definition, so that
 * two rules that ask the same share one count.
 */
public record MetricKey(String id, String event, Optional<Condition> where, int keep) {

  private static final int ID_LENGTH = 16;

  /**
   * A key for the events of that name that meet {@code where}, of which {@code keep} are needed.
   */
  public static MetricKey of(String event, Optional<Condition> where, int keep) {
    if (where.isEmpty() && keep <= Metric.RECENT_MAX) {
      return new MetricKey(event, event, where, Metric.RECENT_MAX);
    }
    var definition = event + '|' + where.map(Condition::words).orElse("") + '|' + keep;
    return new MetricKey(Ids.derived(definition, ID_LENGTH), event, where, keep);
  }

  /** Whether it is kept of every event anyway. */
  public boolean isPlain() {
    return where.isEmpty() && keep <= Metric.RECENT_MAX;
  }

  Metric of(Activity activity) {
    return isPlain() ? activity.events().get(event) : activity.counts().get(id);
  }

  String words() {
    return event + where.map(condition -> " where " + condition.words()).orElse("");
  }
}

package dev.earshot.engine.journey;

import dev.earshot.engine.audience.MetricKey;
import java.util.List;

/**
 * All rules that an event of one name can touch.
 *
 * @param triggered the journeys it may start, by id
 * @param counts the counts it belongs to, beside the one kept for every event
 * @param goals the ids of the journeys of which any version has it as a goal
 * @param awaited whether any version of any journey waits for it, or exits with it
 */
record EventRules(
    List<Journey> triggered, List<MetricKey> counts, List<String> goals, boolean awaited) {

  static final EventRules NONE = new EventRules(List.of(), List.of(), List.of(), false);

  EventRules {
    triggered = List.copyOf(triggered);
    counts = List.copyOf(counts);
    goals = List.copyOf(goals);
  }
}

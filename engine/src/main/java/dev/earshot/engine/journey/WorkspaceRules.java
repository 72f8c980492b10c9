package dev.earshot.engine.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one workspace.
 *
 * @param journeys every version of every journey, by id
 * @param events what an event can touch, by its name
 * @param absences the current journeys that wait for silence, shortest period first
 * @param templates when each version of each template was published
 */
record WorkspaceRules(
    Map<String, Versions> journeys,
    Map<String, EventRules> events,
    List<Journey> absences,
    Map<String, NavigableMap<Integer, Instant>> templates) {

  static final WorkspaceRules EMPTY = new WorkspaceRules(Map.of(), Map.of(), List.of(), Map.of());

  /** Every version of one journey, and the number of the one that is current, 0 for none. */
  record Versions(NavigableMap<Integer, Journey> all, int newest, int current) {

    @Nullable Journey currentJourney() {
      return all.get(current);
    }
  }

  EventRules on(String event) {
    return events.getOrDefault(event, EventRules.NONE);
  }

  @Nullable Journey journey(String id, int version) {
    var versions = journeys.get(id);
    return versions == null ? null : versions.all().get(version);
  }

  /** The shortest silence longer than {@code period} that a journey waits for. */
  @Nullable Duration absenceAfter(Duration period) {
    for (var journey : absences) {
      if (journey.trigger() instanceof Trigger.Absent(var wanted) && wanted.compareTo(period) > 0) {
        return wanted;
      }
    }
    return null;
  }

  /** The version of a template that was current when the journey was published. */
  int templateVersion(@Nullable String template, Journey journey) {
    var versions = template == null ? null : templates.get(template);
    if (versions == null) {
      return template == null ? 0 : 1;
    }
    int current = versions.firstKey();
    for (var version : versions.entrySet()) {
      if (!version.getValue().isAfter(journey.publishedAt())) {
        current = version.getKey();
      }
    }
    return current;
  }
}

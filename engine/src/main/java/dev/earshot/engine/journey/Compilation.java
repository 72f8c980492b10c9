package dev.earshot.engine.journey;

import dev.earshot.engine.audience.MetricKey;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.journey.JourneyReader.Reading;
import dev.earshot.engine.journey.Rules.Unreadable;
import dev.earshot.engine.journey.WorkspaceRules.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds definitions to the rules of one workspace. Only what they touch is compiled anew; the result
 * does not depend on the order or the portions in which they came.
 */
final class Compilation {

  private static final Comparator<Journey> BY_PERIOD =
      Comparator.comparing(Compilation::period).thenComparing(Journey::id);

  private final Map<String, Versions> journeys;
  private final Map<String, EventRules> events;
  private final Map<String, Touched> touched = new HashMap<>();
  private final Map<String, Journey> absences = new HashMap<>();
  private final Map<String, NavigableMap<Integer, Instant>> templates;

  Compilation(WorkspaceRules before) {
    journeys = new HashMap<>(before.journeys());
    events = new HashMap<>(before.events());
    before.absences().forEach(journey -> absences.put(journey.id(), journey));
    templates = new HashMap<>(before.templates());
  }

  /** The rules of one event while they change. */
  private static final class Touched {
    private final Map<String, Journey> triggered = new HashMap<>();
    private final Set<MetricKey> counts;
    private final Set<String> goals;
    private boolean awaited;

    Touched(EventRules before) {
      before.triggered().forEach(journey -> triggered.put(journey.id(), journey));
      counts = new HashSet<>(before.counts());
      goals = new TreeSet<>(before.goals());
      awaited = before.awaited();
    }

    EventRules compiled() {
      return new EventRules(
          triggered.values().stream().sorted(Comparator.comparing(Journey::id)).toList(),
          counts.stream().sorted(Comparator.comparing(MetricKey::id)).toList(),
          List.copyOf(goals),
          awaited);
    }
  }

  /** Adds one version; what cannot be read is added to {@code unreadable} and touches nothing. */
  void add(Definition definition, Set<Unreadable> unreadable) {
    if (definition.kind() == DefinitionKind.TEMPLATE) {
      addTemplate(definition);
    } else if (definition.kind() == DefinitionKind.JOURNEY) {
      switch (JourneyReader.read(definition)) {
        case Reading.Valid(var journey) -> addJourney(journey, definition.retired());
        case Reading.Invalid(var problems) -> unreadable.add(new Unreadable(definition, problems));
      }
    }
  }

  WorkspaceRules compiled() {
    touched.forEach((event, rules) -> events.put(event, rules.compiled()));
    return new WorkspaceRules(
        journeys, events, absences.values().stream().sorted(BY_PERIOD).toList(), templates);
  }

  private void addTemplate(Definition definition) {
    var versions = new TreeMap<Integer, Instant>();
    versions.putAll(templates.getOrDefault(definition.id(), new TreeMap<>()));
    versions.put(definition.version(), definition.publishedAt());
    templates.put(definition.id(), versions);
  }

  private void addJourney(Journey journey, boolean retired) {
    var all = new TreeMap<Integer, Journey>();
    var before = journeys.get(journey.id());
    if (before != null) {
      all.putAll(before.all());
    }
    all.put(journey.version(), journey);
    addListeners(journey);
    if (before != null && before.newest() > journey.version()) {
      journeys.put(journey.id(), new Versions(all, before.newest(), before.current()));
      return;
    }
    if (before != null) {
      var replaced = before.currentJourney();
      if (replaced != null) {
        stop(replaced);
      }
    }
    if (!retired) {
      start(journey);
    }
    journeys.put(
        journey.id(), new Versions(all, journey.version(), retired ? 0 : journey.version()));
  }

  private void start(Journey journey) {
    journey
        .trigger()
        .event()
        .ifPresentOrElse(
            event -> touch(event).triggered.put(journey.id(), journey),
            () -> absences.put(journey.id(), journey));
  }

  private void stop(Journey journey) {
    journey
        .trigger()
        .event()
        .ifPresentOrElse(
            event -> touch(event).triggered.remove(journey.id()),
            () -> absences.remove(journey.id()));
  }

  /** What runs of the version need is kept for as long as there may be runs. */
  private void addListeners(Journey journey) {
    for (var metric : journey.metrics()) {
      if (!metric.isPlain()) {
        touch(metric.event()).counts.add(metric);
      }
    }
    journey.awaitedEvents().forEach(event -> touch(event).awaited = true);
    journey.goal().ifPresent(goal -> touch(goal.filter().event()).goals.add(journey.id()));
  }

  private Touched touch(String event) {
    return touched.computeIfAbsent(
        event, name -> new Touched(events.getOrDefault(name, EventRules.NONE)));
  }

  private static Duration period(Journey journey) {
    return journey.trigger() instanceof Trigger.Absent(var period) ? period : Duration.ZERO;
  }
}

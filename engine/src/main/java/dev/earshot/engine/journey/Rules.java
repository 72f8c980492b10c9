package dev.earshot.engine.journey;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The definitions of all workspaces, compiled: immutable, and indexed by event name, so that a rule
 * which an event cannot touch costs nothing. Every version stays, because a run keeps its own.
 */
public final class Rules {

  public static final Rules EMPTY = new Rules(Map.of(), List.of());

  private final Map<String, WorkspaceRules> workspaces;
  private final List<Unreadable> unreadable;

  private Rules(Map<String, WorkspaceRules> workspaces, List<Unreadable> unreadable) {
    this.workspaces = workspaces;
    this.unreadable = unreadable;
  }

  /** A definition that is not understood, and therefore without effect. */
  public record Unreadable(Definition definition, List<Problem> problems) {}

  /**
   * These rules with more versions of definitions, which may come in any order and more than once.
   * Kinds that rules know nothing of are passed over.
   */
  public Rules with(List<Definition> definitions) {
    if (definitions.isEmpty()) {
      return this;
    }
    var failed = new LinkedHashSet<>(unreadable);
    var compilations = new LinkedHashMap<String, Compilation>();
    for (var definition : definitions) {
      compilations
          .computeIfAbsent(
              definition.workspace(), workspace -> new Compilation(workspace(workspace)))
          .add(definition, failed);
    }
    var changed = new HashMap<>(workspaces);
    compilations.forEach(
        (workspace, compilation) -> changed.put(workspace, compilation.compiled()));
    return new Rules(changed, List.copyOf(failed));
  }

  /** What could not be understood of all that was added. */
  public List<Unreadable> unreadable() {
    return unreadable;
  }

  public Optional<Journey> journey(String workspace, String id, int version) {
    return Optional.ofNullable(workspace(workspace).journey(id, version));
  }

  /** The journeys that can start, by id. */
  public List<Journey> current(String workspace) {
    return workspace(workspace).journeys().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().currentJourney())
        .filter(Objects::nonNull)
        .<Journey>map(Objects::requireNonNull)
        .toList();
  }

  WorkspaceRules workspace(String workspace) {
    return workspaces.getOrDefault(workspace, WorkspaceRules.EMPTY);
  }
}

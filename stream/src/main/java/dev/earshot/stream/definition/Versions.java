package dev.earshot.stream.definition;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Every version of every definition that was read, and those who want to hear of new ones. */
final class Versions {

  /** What has versions. */
  private record Name(String workspace, DefinitionKind kind, String id) {

    static Name of(Definition definition) {
      return new Name(definition.workspace(), definition.kind(), definition.id());
    }
  }

  private final Map<Name, NavigableMap<Integer, Definition>> versions = new HashMap<>();
  private final List<Definition> inOrder = new ArrayList<>();
  private final List<Consumer<Definition>> listeners = new ArrayList<>();

  /** Takes a version; one that is there already changes nothing. */
  synchronized void add(Definition definition) {
    var known = versions.computeIfAbsent(Name.of(definition), _ -> new TreeMap<>());
    if (known.putIfAbsent(definition.version(), definition) == null) {
      inOrder.add(definition);
      listeners.forEach(listener -> listener.accept(definition));
    }
  }

  synchronized boolean has(Definition definition) {
    return version(definition.workspace(), definition.kind(), definition.id(), definition.version())
        .isPresent();
  }

  synchronized Optional<Definition> latest(String workspace, DefinitionKind kind, String id) {
    return Optional.ofNullable(versions.get(new Name(workspace, kind, id)))
        .map(known -> known.lastEntry().getValue());
  }

  synchronized Optional<Definition> version(
      String workspace, DefinitionKind kind, String id, int version) {
    return Optional.ofNullable(versions.get(new Name(workspace, kind, id)))
        .map(known -> known.get(version));
  }

  synchronized List<Definition> current(String workspace, DefinitionKind kind) {
    return versions.entrySet().stream()
        .filter(entry -> entry.getKey().workspace().equals(workspace))
        .filter(entry -> entry.getKey().kind() == kind)
        .map(entry -> entry.getValue().lastEntry().getValue())
        .filter(definition -> !definition.retired())
        .sorted(Comparator.comparing(Definition::id))
        .toList();
  }

  synchronized List<String> workspaces() {
    return versions.keySet().stream().map(Name::workspace).distinct().sorted().toList();
  }

  synchronized void listen(Consumer<Definition> listener) {
    inOrder.forEach(listener);
    listeners.add(listener);
  }
}

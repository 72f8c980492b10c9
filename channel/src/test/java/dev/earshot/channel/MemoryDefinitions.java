package dev.earshot.channel;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.stream.DefinitionStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Definitions kept in a list. */
final class MemoryDefinitions implements DefinitionStore {

  private final List<Definition> all = new CopyOnWriteArrayList<>();

  void add(Definition definition) {
    all.add(definition);
  }

  @Override
  public Optional<Definition> latest(String workspace, DefinitionKind kind, String id) {
    return versions(workspace, kind, id).max(Comparator.comparingInt(Definition::version));
  }

  @Override
  public Optional<Definition> version(
      String workspace, DefinitionKind kind, String id, int version) {
    return versions(workspace, kind, id).filter(it -> it.version() == version).findFirst();
  }

  @Override
  public List<Definition> current(String workspace, DefinitionKind kind) {
    return all.stream()
        .filter(it -> it.workspace().equals(workspace) && it.kind() == kind && !it.retired())
        .toList();
  }

  @Override
  public List<String> workspaces() {
    return all.stream().map(Definition::workspace).distinct().toList();
  }

  @Override
  public CompletableFuture<Void> publish(List<Definition> definitions) {
    all.addAll(definitions);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void listen(Consumer<Definition> listener) {
    new ArrayList<>(all).forEach(listener);
  }

  private Stream<Definition> versions(String workspace, DefinitionKind kind, String id) {
    return all.stream()
        .filter(it -> it.workspace().equals(workspace) && it.kind() == kind && it.id().equals(id));
  }
}

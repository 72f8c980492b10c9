package dev.earshot.stream.definition;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.stream.DefinitionStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Definitions in memory, for tests and notebooks. */
public final class MemoryDefinitionStore implements DefinitionStore {

  private final Versions versions = new Versions();

  @Override
  public Optional<Definition> latest(String workspace, DefinitionKind kind, String id) {
    return versions.latest(workspace, kind, id);
  }

  @Override
  public Optional<Definition> version(
      String workspace, DefinitionKind kind, String id, int version) {
    return versions.version(workspace, kind, id, version);
  }

  @Override
  public List<Definition> current(String workspace, DefinitionKind kind) {
    return versions.current(workspace, kind);
  }

  @Override
  public List<String> workspaces() {
    return versions.workspaces();
  }

  @Override
  public CompletableFuture<Void> publish(List<Definition> definitions) {
    definitions.forEach(versions::add);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void listen(Consumer<Definition> listener) {
    versions.listen(listener);
  }
}

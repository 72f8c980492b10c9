package dev.earshot.portal;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.stream.DefinitionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Definitions in memory: published is read at once. */
public final class MemoryDefinitions implements DefinitionStore {

  private final Map<String, Definition> versions = new ConcurrentSkipListMap<>();
  private final List<Definition> all = new ArrayList<>();
  private final List<Consumer<Definition>> listeners = new ArrayList<>();
  private UnaryOperator<List<Definition>> interference = UnaryOperator.identity();
  private Optional<RuntimeException> failure = Optional.empty();

  /** From now on something else is published than what is asked for, as by another node. */
  public void interfere(UnaryOperator<List<Definition>> change) {
    interference = change;
  }

  /** From now on nothing is published, for this reason. */
  public synchronized void fail(RuntimeException reason) {
    failure = Optional.of(reason);
  }

  public synchronized List<Definition> all() {
    return List.copyOf(all);
  }

  @Override
  public synchronized Optional<Definition> latest(
      String workspace, DefinitionKind kind, String id) {
    return all.stream()
        .filter(one -> one.workspace().equals(workspace) && one.kind() == kind)
        .filter(one -> one.id().equals(id))
        .reduce((_, later) -> later);
  }

  @Override
  public Optional<Definition> version(
      String workspace, DefinitionKind kind, String id, int version) {
    return Optional.ofNullable(versions.get(key(workspace, kind, id, version)));
  }

  @Override
  public synchronized List<Definition> current(String workspace, DefinitionKind kind) {
    Map<String, Definition> current = new TreeMap<>();
    all.stream()
        .filter(one -> one.workspace().equals(workspace) && one.kind() == kind)
        .forEach(one -> current.put(one.id(), one));
    return current.values().stream().filter(one -> !one.retired()).toList();
  }

  @Override
  public synchronized List<String> workspaces() {
    return all.stream().map(Definition::workspace).distinct().sorted().toList();
  }

  @Override
  public synchronized CompletableFuture<Void> publish(List<Definition> definitions) {
    if (failure.isPresent()) {
      return CompletableFuture.failedFuture(failure.get());
    }
    for (var one : interference.apply(definitions)) {
      versions.put(key(one.workspace(), one.kind(), one.id(), one.version()), one);
      all.add(one);
      listeners.forEach(listener -> listener.accept(one));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized void listen(Consumer<Definition> listener) {
    all.forEach(listener);
    listeners.add(listener);
  }

  private static String key(String workspace, DefinitionKind kind, String id, int version) {
    return String.join("|", workspace, kind.word(), id, Integer.toString(version));
  }
}

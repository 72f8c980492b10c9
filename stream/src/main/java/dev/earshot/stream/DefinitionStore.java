package dev.earshot.stream;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All definitions of all workspaces, every version, as far as this node has read them. */
public interface DefinitionStore {

  /** The newest version, retired or not. */
  Optional<Definition> latest(String workspace, DefinitionKind kind, String id);

  Optional<Definition> version(String workspace, DefinitionKind kind, String id, int version);

  /** The newest version of each that is not retired, by id. */
  List<Definition> current(String workspace, DefinitionKind kind);

  /** Every workspace that has a definition. */
  List<String> workspaces();

  /**
   * Publishes new versions in one transaction: into the definitions, and as an activation into
   * every partition of the events, so that each event meets exactly one version. Done when this
   * node has read them back.
   */
  CompletableFuture<Void> publish(List<Definition> definitions);

  /** Calls {@code listener} with every definition read so far and from now on, in order. */
  void listen(Consumer<Definition> listener);
}

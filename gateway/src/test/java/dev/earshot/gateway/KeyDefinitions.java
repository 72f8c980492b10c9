package dev.earshot.gateway;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.stream.DefinitionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Definitions that are all keys, published as they are made. */
final class KeyDefinitions implements DefinitionStore {

  private final List<Consumer<Definition>> listeners = new CopyOnWriteArrayList<>();
  private final List<Definition> published = new CopyOnWriteArrayList<>();

  void add(String workspace, String id, String key, String role, String... origins) {
    var body =
        new Fields(
            Map.of(
                "hash", Value.of(hash(key)),
                "role", Value.of(role),
                "last4", Value.of(key.substring(key.length() - 4)),
                "origins", new Items(Arrays.stream(origins).map(Value::of).toList())));
    announce(definition(workspace, id, body, false));
  }

  void withdraw(String workspace, String id) {
    announce(definition(workspace, id, Fields.EMPTY, true));
  }

  private Definition definition(String workspace, String id, Fields body, boolean retired) {
    return new Definition(
        workspace,
        DefinitionKind.KEY,
        id,
        published.size() + 1,
        body,
        retired,
        Instant.EPOCH,
        "test");
  }

  private void announce(Definition definition) {
    published.add(definition);
    listeners.forEach(listener -> listener.accept(definition));
  }

  private static String hash(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletableFuture<Void> publish(List<Definition> definitions) {
    definitions.forEach(this::announce);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void listen(Consumer<Definition> listener) {
    published.forEach(listener);
    listeners.add(listener);
  }

  @Override
  public Optional<Definition> latest(String workspace, DefinitionKind kind, String id) {
    return published.reversed().stream()
        .filter(
            definition -> definition.workspace().equals(workspace) && definition.id().equals(id))
        .findFirst();
  }

  @Override
  public Optional<Definition> version(
      String workspace, DefinitionKind kind, String id, int version) {
    return published.stream().filter(definition -> definition.version() == version).findFirst();
  }

  @Override
  public List<Definition> current(String workspace, DefinitionKind kind) {
    return published.stream().filter(definition -> !definition.retired()).toList();
  }

  @Override
  public List<String> workspaces() {
    return published.stream().map(Definition::workspace).distinct().toList();
  }
}

package dev.earshot.gateway.key;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Sha256;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Items;
import dev.earshot.gateway.key.Key.Role;
import dev.earshot.stream.DefinitionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of all workspaces, found by the hash of what a caller presents; kept current as keys are
 * made and withdrawn. A key that is known takes as long to look up as one that is not.
 */
public final class Keys {

  private record Place(String workspace, String id) {}

  private record Entry(String hash, Key key) {}

  private static final Entry NOBODY = new Entry("", new Key("", "", Role.WRITE, List.of()));

  private final Map<String, Entry> byHash = new ConcurrentHashMap<>();
  private final Map<Place, String> hashes = new ConcurrentHashMap<>();

  public Keys(DefinitionStore definitions) {
    definitions.listen(this::learn);
  }

  public Optional<Key> find(String presented) {
    var hash = Sha256.hex(presented);
    var entry = byHash.getOrDefault(hash, NOBODY);
    return isEqual(hash, entry.hash()) ? Optional.of(entry.key()) : Optional.empty();
  }

  private static boolean isEqual(String hash, String other) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  private void learn(Definition definition) {
    if (definition.kind() != DefinitionKind.KEY) {
      return;
    }
    var place = new Place(definition.workspace(), definition.id());
    var former = hashes.remove(place);
    if (former != null) {
      byHash.remove(former);
    }
    if (!definition.retired()) {
      remember(place, definition);
    }
  }

  private void remember(Place place, Definition definition) {
    var body = definition.body();
    var hash = body.get("hash").shown();
    var key =
        new Key(
            place.workspace(),
            place.id(),
            Role.of(body.get("role").shown()),
            body.get("origins") instanceof Items(var origins)
                ? origins.stream().map(Value::shown).toList()
                : List.of());
    byHash.put(hash, new Entry(hash, key));
    hashes.put(place, hash);
  }
}

package dev.earshot.portal.key;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Sha256;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.http.Caller;
import dev.earshot.portal.http.Doorkeeper;
import dev.earshot.stream.DefinitionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that are valid now, by the hash of each. A key is in force as soon as this node has read
 * its definition, and out of force as soon as it has read that it was retired.
 */
public final class KeyRing implements Doorkeeper {

  private static final String NO_HASH = "0".repeat(64);

  private final Map<String, Definition> byHash = new ConcurrentHashMap<>();

  private KeyRing() {}

  /** A ring that follows the definitions of {@code store}. */
  public static KeyRing of(DefinitionStore store) {
    var ring = new KeyRing();
    store.listen(ring::heard);
    return ring;
  }

  /** SHA-256 in hexadecimal: with 190 bits of chance in the key, more would only be slower. */
  public static String hash(String key) {
    return Sha256.hex(key);
  }

  /**
   * Hashes and compares whatever is presented, so that the time says nothing: neither whether the
   * key exists nor how much of it is right.
   */
  @Override
  public Caller caller(String presentedKey) {
    var hash = hash(presentedKey);
    var key = byHash.get(hash);
    var expected = key == null ? NO_HASH : text(key, "hash");
    boolean same =
        MessageDigest.isEqual(
            hash.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    if (key == null || !same) {
      return new Caller.Unknown();
    }
    return text(key, "role").equals(KeyRole.ADMIN.word())
        ? new Caller.Admin(key.workspace(), key.id())
        : new Caller.WriteOnly(key.id());
  }

  private void heard(Definition definition) {
    if (definition.kind() != DefinitionKind.KEY) {
      return;
    }
    var hash = text(definition, "hash");
    if (definition.retired()) {
      byHash.remove(hash);
    } else {
      byHash.put(hash, definition);
    }
  }

  private static String text(Definition key, String name) {
    return key.body().get(name) instanceof Text(var text) ? text : "";
  }
}

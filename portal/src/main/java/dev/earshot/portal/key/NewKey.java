package dev.earshot.portal.key;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key at the only moment when it is known in the clear.
 *
 * @param secret the key itself, to be shown once and kept nowhere
 * @param definition what is kept of it
 */
public record NewKey(String secret, Definition definition) {

  /** How many characters after the prefix are the key's public id. */
  static final int ID_LENGTH = 8;

  private static final int RANDOM_LENGTH = 32;
  private static final int SHOWN_LENGTH = 4;
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /**
   * @param origins the web origins from which the key may be used; empty for all
   */
  public static NewKey make(
      String workspace,
      KeyRole role,
      List<String> origins,
      SecureRandom random,
      Instant at,
      String by) {
    var text = new StringBuilder(RANDOM_LENGTH);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    var secret = role.prefix() + text;
    var id = text.substring(0, ID_LENGTH);
    var body = body(secret, role, origins);
    return new NewKey(
        secret, new Definition(workspace, DefinitionKind.KEY, id, 1, body, false, at, by));
  }

  private static Fields body(String secret, KeyRole role, List<String> origins) {
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("hash", Value.of(KeyRing.hash(secret)));
    body.put("role", Value.of(role.word()));
    body.put("last4", Value.of(secret.substring(secret.length() - SHOWN_LENGTH)));
    body.put("origins", new Items(origins.stream().map(Value::of).toList()));
    return new Fields(body);
  }

  @Override
  public String toString() {
    return "NewKey[" + definition.id() + "]";
  }
}

package dev.earshot.bench.server;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionJson;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Sha256;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another workspace on the same server. The management API makes none, so its first keys are
 * written into the log, where all keys stand.
 */
public final class Stranger {

  private static final Duration KEY_WITHIN = Duration.ofSeconds(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private Stranger() {}

  /** Returns when the server takes its keys. */
  public static Target settle(RawLog log, URI server, String run) {
    var workspace = "prove-" + run;
    var write = "wk_" + chars();
    var admin = "sk_" + chars();
    log.write("definitions", key(workspace, write, "write"));
    log.write("definitions", key(workspace, admin, "admin"));
    var target = new Target(server, write, admin);
    awaitKeys(target);
    return target;
  }

  private static void awaitKeys(Target target) {
    try (var api = new Api(target)) {
      long start = System.nanoTime();
      while (!api.knowsKey()) {
        if (System.nanoTime() - start > KEY_WITHIN.toNanos()) {
          throw new BenchFailure("The server does not take the key of another workspace.");
        }
        Thread.onSpinWait();
      }
    }
  }

  private static Map<String, byte @Nullable []> key(String workspace, String secret, String role) {
    var id = secret.substring(3, 11);
    var body =
        new Fields(
            Map.of(
                "hash", Value.of(Sha256.hex(secret)),
                "role", Value.of(role),
                "last4", Value.of(secret.substring(secret.length() - 4)),
                "origins", new Items(List.of())));
    var definition =
        new Definition(workspace, DefinitionKind.KEY, id, 1, body, false, Instant.now(), "prove");
    return Map.of("%s|key|%s|1".formatted(workspace, id), DefinitionJson.write(definition));
  }

  private static String chars() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

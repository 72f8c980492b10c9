package dev.earshot.app;

import dev.earshot.app.cli.ClientOptions;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.portal.key.KeyRole;
import dev.earshot.portal.key.NewKey;
import dev.earshot.stream.DefinitionStore;
import dev.earshot.stream.EventLog.NoRoom;
import dev.earshot.stream.cluster.DataDirectory;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The keys that the first start makes, so that nobody ever has a default one. The log knows their
 * hashes only; what the owner of the data directory needs stands in two files of it.
 */
final class FirstKeys {

  static final String WORKSPACE = "default";
  static final String WRITE_KEY_FILE = "write-key";

  private FirstKeys() {}

  /** Makes the keys when the log has none; says what the write key is when it was made here. */
  static Optional<String> ensure(
      DefinitionStore definitions, DataDirectory data, SecureRandom random, Instant now) {
    if (definitions.current(WORKSPACE, DefinitionKind.KEY).isEmpty()) {
      make(definitions, data, random, now);
    }
    return data.read(WRITE_KEY_FILE);
  }

  /** The files come first: a key that is published and written nowhere would be lost. */
  private static void make(
      DefinitionStore definitions, DataDirectory data, SecureRandom random, Instant now) {
    var write = NewKey.make(WORKSPACE, KeyRole.WRITE, List.of(), random, now, "first start");
    var admin = NewKey.make(WORKSPACE, KeyRole.ADMIN, List.of(), random, now, "first start");
    data.write(WRITE_KEY_FILE, write.secret() + "\n");
    data.write(ClientOptions.ADMIN_KEY_FILE, admin.secret() + "\n");
    try {
      definitions.publish(List.of(write.definition(), admin.definition())).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof NoRoom noRoom
          ? new CommandFailure("The first start makes keys. " + noRoom.getMessage(), noRoom)
          : e;
    }
  }
}

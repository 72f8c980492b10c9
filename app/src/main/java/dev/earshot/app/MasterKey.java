package dev.earshot.app;

import dev.earshot.app.configuration.Configuration.Storage;
import dev.earshot.app.configuration.Secret;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.event.Sha256;
import dev.earshot.stream.cluster.DataDirectory;

/**
 * The key under which secrets of the definitions are sealed. It never leaves the data directory,
 * unless it is set because several nodes have to share it.
 */
final class MasterKey {

  private static final String NAME = "master-key";

  private MasterKey() {}

  static SecretBox box(Storage storage, DataDirectory data) {
    var text = storage.masterKey().map(Secret::text).orElseGet(() -> data.secret(NAME));
    return new SecretBox(Sha256.of(text));
  }
}

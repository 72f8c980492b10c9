package dev.earshot.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.earshot.app.configuration.Configuration.Storage;
import dev.earshot.app.configuration.Secret;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.stream.cluster.DataDirectory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key under which secrets of the definitions are sealed. It never leaves the data directory,
 * unless it is set because several nodes have to share it.
 */
final class MasterKey {

  private static final String NAME = "master-key";

  private MasterKey() {}

  static SecretBox box(Storage storage, DataDirectory data) {
    var text = storage.masterKey().map(Secret::text).orElseGet(() -> data.secret(NAME));
    try {
      return new SecretBox(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException("every Java has SHA-256", failure);
    }
  }
}

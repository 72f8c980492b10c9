package dev.earshot.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.earshot.channel.secret.SecretBox;
import dev.earshot.stream.cluster.DataDirectory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key under which secrets of the definitions are sealed; it never leaves the data directory.
 */
final class MasterKey {

  private static final String NAME = "master-key";

  private MasterKey() {}

  static SecretBox box(DataDirectory data) {
    try {
      return new SecretBox(
          MessageDigest.getInstance("SHA-256").digest(data.secret(NAME).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException("every Java has SHA-256", failure);
    }
  }
}

package dev.earshot.app.configuration;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Settings that contradict one another, or that nothing would look at. */
final class Consistency {

  private static final List<Key<?>> OF_SMTP =
      List.of(
          Keys.SMTP_PORT,
          Keys.SMTP_TLS,
          Keys.SMTP_USERNAME,
          Keys.SMTP_PASSWORD,
          Keys.SMTP_CONNECTIONS);

  /** The portal seals what the channel opens, and the gateway what the channel sealed. */
  private static final Set<Role> SEALING = Set.of(Role.GATEWAY, Role.CHANNEL, Role.PORTAL);

  private static final int MASTER_KEY_LENGTH_MIN = 32;

  private Consistency() {}

  static void check(Configuration configuration, Settings settings) {
    var masterKey = configuration.storage().masterKey();
    settings.require(
        configuration.roles().contains(Role.ENGINE) || !configuration.roles().contains(Role.PORTAL),
        "roles: a node that plays the portal plays the engine too, since it shows its state.");
    settings.require(
        masterKey.map(key -> key.text().length() >= MASTER_KEY_LENGTH_MIN).orElse(true),
        "master-key needs at least " + MASTER_KEY_LENGTH_MIN + " characters.");
    if (configuration.kafka().embedded()) {
      settings.require(
          configuration.kafka().client().isEmpty(),
          "kafka.client.* is for a cluster, and kafka.bootstrap-servers names none.");
      settings.require(
          configuration.kafka().replicationFactor() == 1,
          "kafka.replication-factor is for a cluster, and kafka.bootstrap-servers names none.");
    } else {
      settings.require(
          !settings.has(Keys.DURABILITY),
          "durability is for the embedded broker; a cluster decides that itself.");
      settings.require(
          !settings.has(Keys.DISK_RESERVE),
          "disk.reserve is for the embedded broker; a cluster has disks of its own.");
      settings.require(
          masterKey.isPresent() || !sharesSecrets(configuration.roles()),
          "roles: a node that plays some of gateway, channel and portal needs the master-key of those that play the others.");
    }
    if (configuration.mail().smtp().isEmpty()) {
      for (var key : OF_SMTP) {
        settings.require(!settings.has(key), key.name() + " needs smtp.host.");
      }
    }
  }

  private static boolean sharesSecrets(Set<Role> roles) {
    return !Collections.disjoint(roles, SEALING) && !roles.containsAll(SEALING);
  }
}

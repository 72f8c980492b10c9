package dev.earshot.app.configuration;

import java.util.List;

/** Settings that contradict one another, or that nothing would look at. */
final class Consistency {

  private static final List<Key<?>> OF_SMTP =
      List.of(Keys.SMTP_PORT, Keys.SMTP_TLS, Keys.SMTP_USERNAME, Keys.SMTP_PASSWORD);

  private Consistency() {}

  static void check(Configuration configuration, Settings settings) {
    settings.require(
        configuration.roles().contains(Role.ENGINE) || !configuration.roles().contains(Role.PORTAL),
        "roles: a node that plays the portal plays the engine too, since it shows its state.");
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
    }
    if (configuration.mail().smtp().isEmpty()) {
      for (var key : OF_SMTP) {
        settings.require(!settings.has(key), key.name() + " needs smtp.host.");
      }
    }
  }
}

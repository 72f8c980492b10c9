package dev.earshot.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.configuration.Configuration.Kafka;
import dev.earshot.app.configuration.Configuration.Limits;
import dev.earshot.app.configuration.Configuration.LogFormat;
import dev.earshot.app.configuration.Configuration.LogLevel;
import dev.earshot.app.configuration.Configuration.Logging;
import dev.earshot.app.configuration.Configuration.Mail;
import dev.earshot.app.configuration.Configuration.Quota;
import dev.earshot.app.configuration.Configuration.Server;
import dev.earshot.app.configuration.Configuration.Smtp;
import dev.earshot.app.configuration.Configuration.Storage;
import dev.earshot.app.configuration.Configuration.Timers;
import dev.earshot.app.configuration.Configuration.Tls;
import dev.earshot.app.configuration.Configuration.Webhook;
import dev.earshot.stream.cluster.Durability;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

  @TempDir private Path folder;

  @Test
  void nothingNeedsToBeSet() {
    assertEquals(
        new Configuration(
            new Server("127.0.0.1", 8080, Optional.empty(), List.of()),
            Set.of(Role.values()),
            new Storage(
                Path.of("data"),
                Durability.OS,
                OptionalLong.empty(),
                Duration.ofDays(7),
                Optional.empty()),
            new Kafka(List.of(), Map.of(), OptionalInt.empty(), 1),
            new Timers(1000, Duration.ofMinutes(5)),
            new Limits(32 * 1024, 500 * 1024, 2_500, 10_000, 1_000),
            new Quota(1_000_000, 2_000_000),
            new Quota(1_000_000, 2_000_000),
            new Quota(100, 5_000),
            new Mail("Earshot <earshot@localhost>", Optional.empty()),
            new Webhook(List.of()),
            new Logging(LogFormat.TEXT, LogLevel.INFO)),
        read(Map.of(), Map.of()));
  }

  @Test
  void aFileMayNestAndListAndDot() throws IOException {
    var file =
        file(
            """
            port: 9090
            public-url: https://earshot.example/
            roles: [gateway, channel]
            master-key: 0123456789abcdef0123456789abcdef
            kafka:
              bootstrap-servers: [one:9092, two:9092]
              partitions: 24
              client.security.protocol: SASL_SSL
              client: {sasl.mechanism: SCRAM-SHA-512}
            smtp: {host: mail.example, tls: tls, port: 465, username: us, password: hush, connections: 32}
            dedupe.window: 36h
            webhook.allow-private: [10.0.0.0/8, "fd00::/8"]
            """);

    var configuration = Configuration.read(Optional.of(file), Map.of(), Map.of());

    assertEquals(9090, configuration.server().port());
    assertEquals(
        Optional.of(URI.create("https://earshot.example")), configuration.server().publicUrl());
    assertEquals(Set.of(Role.GATEWAY, Role.CHANNEL), configuration.roles());
    assertEquals(
        new Kafka(
            List.of("one:9092", "two:9092"),
            Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512"),
            OptionalInt.of(24),
            1),
        configuration.kafka());
    assertEquals(
        Optional.of(
            new Smtp(
                "mail.example",
                465,
                Tls.TLS,
                Optional.of("us"),
                Optional.of(new Secret("hush")),
                32)),
        configuration.mail().smtp());
    assertEquals(Duration.ofHours(36), configuration.storage().dedupeWindow());
    assertEquals(
        List.of("10.0.0.0/8", "fd00:0:0:0:0:0:0:0/8"), configuration.webhook().allowPrivate());
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    var file = file("{port: 1, host: one, log.level: warn}");

    var configuration =
        Configuration.read(
            Optional.of(file),
            Map.of("EARSHOT_PORT", "2", "EARSHOT_HOST", "two"),
            Map.of("port", "3"));

    assertEquals(3, configuration.server().port());
    assertEquals("two", configuration.server().host());
    assertEquals(LogLevel.WARN, configuration.logging().level());
  }

  @Test
  void everyKafkaClientSettingPassesThrough() {
    var configuration =
        read(
            Map.of(
                "EARSHOT_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", "/etc/trust",
                "EARSHOT_KAFKA_BOOTSTRAP_SERVERS", "one:9092"),
            Map.of());

    assertEquals(Map.of("ssl.truststore.location", "/etc/trust"), configuration.kafka().client());
  }

  @Test
  void anUnknownKeyInTheFileIsNamedWithItsPlaceAndItsNeighbour() throws IOException {
    var file = file("port: 1\nsmtp:\n  hots: mail.example\n");

    var failure =
        assertThrows(
            ConfigurationFailure.class,
            () -> Configuration.read(Optional.of(file), Map.of(), Map.of()));

    assertEquals(
        List.of(
            "There is no setting smtp.hots (%s line 3); the nearest is smtp.host.".formatted(file)),
        failure.problems());
  }

  @Test
  void anUnknownVariableIsNamedWithItsNeighbour() {
    assertEquals(
        List.of(
            "The environment variable EARSHOT_KAFKA_BOOTSTRAP_SERVER is no setting; the nearest is"
                + " EARSHOT_KAFKA_BOOTSTRAP_SERVERS."),
        problems(Map.of("EARSHOT_KAFKA_BOOTSTRAP_SERVER", "x:1"), Map.of()));
  }

  @Test
  void variablesOfTheLauncherAndOfOthersAreLeftAlone() {
    assertEquals(
        read(Map.of(), Map.of()), read(Map.of("EARSHOT_HEAP", "1g", "PORT", "80"), Map.of()));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertEquals(
        List.of(
            "port (environment EARSHOT_PORT): 'many' is not a port, 0 to 65535; 0 takes a free one.",
            "dedupe.window (command line): '7 weeks' is not a duration such as 500ms, 30s, 15m, 24h"
                + " or 7d."),
        problems(Map.of("EARSHOT_PORT", "many"), Map.of("dedupe.window", "7 weeks")));
  }

  @Test
  void valuesThatAreNoneOfTheirKindAreRefused() {
    for (var wrong :
        List.of(
            Map.entry("port", "65536"),
            Map.entry("port", "-1"),
            Map.entry("public-url", "ftp://here"),
            Map.entry("public-url", "somewhere"),
            Map.entry("master-key", "short"),
            Map.entry("trusted-proxies", "10.0.0.0/33"),
            Map.entry("trusted-proxies", "proxy.example"),
            Map.entry("roles", "gateway, cook"),
            Map.entry("roles", "gateway, portal"),
            Map.entry("smtp.from", "two@example.com, addresses@example.com"),
            Map.entry("durability", "hope"),
            Map.entry("disk.reserve", "some"),
            Map.entry("kafka.bootstrap-servers", "broker"),
            Map.entry("kafka.bootstrap-servers", "broker:0"),
            Map.entry("kafka.partitions", "0"),
            Map.entry("dedupe.window", "7"),
            Map.entry("limits.event-size", "32"),
            Map.entry("limits.event-size", "2MB"),
            Map.entry("quota.key-burst", "0"),
            Map.entry("log.format", "xml"))) {
      assertEquals(1, problems(Map.of(), Map.ofEntries(wrong)).size(), wrong::toString);
    }
  }

  @Test
  void aReserveMayBeOfAnySize() {
    assertEquals(
        OptionalLong.of(10L << 30),
        read(Map.of(), Map.of("disk.reserve", "10GB")).storage().reserveBytes());
    assertEquals(
        OptionalLong.of(0), read(Map.of(), Map.of("disk.reserve", "0B")).storage().reserveBytes());
  }

  @Test
  void nodesThatShareSecretsShareTheKeyToThem() {
    var cluster = Map.of("EARSHOT_KAFKA_BOOTSTRAP_SERVERS", "one:9092");

    assertEquals(
        List.of(
            "roles: a node that plays some of gateway, channel and portal needs the master-key of those that play the others."),
        problems(cluster, Map.of("roles", "gateway, engine")));
    assertEquals(Set.of(Role.ENGINE), read(cluster, Map.of("roles", "engine")).roles());
    assertEquals(
        Set.of(Role.GATEWAY),
        read(cluster, Map.of("roles", "gateway", "master-key", "x".repeat(32))).roles());
  }

  @Test
  void aFileThatIsNoYamlIsSaidToBeNone() throws IOException {
    var file = file("port: 1\nhost: [\n");

    var failure =
        assertThrows(
            ConfigurationFailure.class,
            () -> Configuration.read(Optional.of(file), Map.of(), Map.of()));

    assertTrue(failure.problems().getFirst().startsWith(file + " line "), failure::toString);
  }

  @Test
  void aFileThatIsNotThereIsSaidNotToBe() {
    var file = folder.resolve("none.yaml");

    var failure =
        assertThrows(
            ConfigurationFailure.class,
            () -> Configuration.read(Optional.of(file), Map.of(), Map.of()));

    assertEquals(
        "Cannot read the configuration file %s: there is none.".formatted(file),
        failure.getMessage());
  }

  @Test
  void aKeySetTwiceIsRefused() throws IOException {
    var file = file("smtp.host: one\nsmtp: {host: two}\n");

    var failure =
        assertThrows(
            ConfigurationFailure.class,
            () -> Configuration.read(Optional.of(file), Map.of(), Map.of()));

    assertEquals(
        "smtp.host is set a second time in %s line 2.".formatted(file), failure.getMessage());
  }

  @Test
  void noSecretIsPrinted() {
    var configuration =
        read(
            Map.of(
                "EARSHOT_KAFKA_CLIENT_SASL_JAAS_CONFIG", "hush",
                "EARSHOT_KAFKA_BOOTSTRAP_SERVERS", "one:9092"),
            Map.of("smtp.host", "mail.example", "smtp.password", "hush"));

    assertFalse(configuration.toString().contains("hush"), configuration::toString);
  }

  @Test
  void whatNothingWouldLookAtIsRefused() {
    assertEquals(
        List.of(
            "kafka.replication-factor is for a cluster, and kafka.bootstrap-servers names none."),
        problems(Map.of(), Map.of("kafka.replication-factor", "3")));
    assertEquals(
        List.of("kafka.client.* is for a cluster, and kafka.bootstrap-servers names none."),
        problems(Map.of(), Map.of("kafka.client.security.protocol", "SSL")));
    assertEquals(
        List.of("durability is for the embedded broker; a cluster decides that itself."),
        problems(Map.of(), Map.of("kafka.bootstrap-servers", "one:9092", "durability", "fsync")));
    assertEquals(
        List.of("disk.reserve is for the embedded broker; a cluster has disks of its own."),
        problems(Map.of(), Map.of("kafka.bootstrap-servers", "one:9092", "disk.reserve", "10GB")));
    assertEquals(
        List.of("smtp.port needs smtp.host.", "smtp.password needs smtp.host."),
        problems(Map.of(), Map.of("smtp.port", "25", "smtp.password", "hush")));
  }

  private static Configuration read(
      Map<String, String> environment, Map<String, String> commandLine) {
    return Configuration.read(Optional.empty(), environment, commandLine);
  }

  private static List<String> problems(
      Map<String, String> environment, Map<String, String> commandLine) {
    return assertThrows(ConfigurationFailure.class, () -> read(environment, commandLine))
        .problems();
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("earshot.yaml"), yaml);
  }
}

package dev.earshot.app.configuration;

import dev.earshot.app.configuration.Configuration.LogFormat;
import dev.earshot.app.configuration.Configuration.LogLevel;
import dev.earshot.app.configuration.Configuration.Tls;
import dev.earshot.stream.cluster.Durability;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Everything that can be set, in the order of the reference. */
final class Keys {

  /** What follows this prefix is handed to every Kafka client as it is. */
  static final String KAFKA_CLIENT_PREFIX = "kafka.client.";

  private static final int KB = 1 << 10;
  private static final int MB = 1 << 20;

  static final Key<String> HOST =
      Key.of(
          "host",
          Kind.TEXT,
          "127.0.0.1",
          "The address to listen on. Only this machine can reach the default; 0.0.0.0 lets everyone.");

  static final Key<Integer> PORT = Key.of("port", Kind.PORT, "8080", "The port to listen on.");

  static final Key<Path> DATA_DIR =
      Key.of(
          "data-dir",
          Kind.FOLDER,
          "data",
          "Where everything is kept. It is made when missing, readable for its owner only.");

  static final Key<URI> PUBLIC_URL =
      Key.unset(
          "public-url",
          Kind.URL,
          "The URL by which the world reaches this server, as its pages show it and unsubscribe links begin. Without it: http://HOST:PORT, and mail has no such links.");

  static final Key<Secret> MASTER_KEY =
      Key.unset(
          "master-key",
          Kind.SECRET,
          "What secrets of definitions and unsubscribe links are sealed with, at least 32 characters: the same on all nodes of a cluster. Without it: drawn at the first start and kept in the data directory.");

  static final Key<List<String>> TRUSTED_PROXIES =
      Key.of(
          "trusted-proxies",
          Kind.NETWORKS,
          "",
          "The proxies whose X-Forwarded-For is believed. It is ignored from everyone else.");

  static final Key<Set<Role>> ROLES =
      Key.of(
          "roles",
          Kind.someOf(Role.class),
          "gateway, engine, channel, portal",
          "The parts that this node plays.");

  static final Key<Durability> DURABILITY =
      Key.of(
          "durability",
          Kind.oneOf(Durability.class),
          "os",
          "When an event counts as kept. os: the operating system has it; it survives kill -9, but a power cut can take the last second. fsync: the disk has it. Only for the embedded broker: a cluster has its own settings.");

  static final Key<Long> DISK_RESERVE =
      Key.unset(
          "disk.reserve",
          Kind.ROOM,
          "What is to stay free on the disk of the data directory: while less is, nothing new is taken. Without it: a twentieth of the disk, at least 512MB, at most 2GB. Only for the embedded broker.");

  static final Key<List<String>> KAFKA_BOOTSTRAP_SERVERS =
      Key.of(
          "kafka.bootstrap-servers",
          Kind.ADDRESSES,
          "",
          "An Apache Kafka cluster, 4.0 or newer, to use instead of the embedded broker.");

  static final Key<Integer> KAFKA_PARTITIONS =
      Key.unset(
          "kafka.partitions",
          Kind.whole("a number, 1 to 256", 1, 256),
          "How many partitions the topics get when they are made. It cannot be changed later. Without it: 2 in the embedded broker, one for each thread that decides, and 4 on a cluster, where 24 to 48 suit better.");

  static final Key<Integer> KAFKA_REPLICATION_FACTOR =
      Key.of(
          "kafka.replication-factor",
          Kind.whole("a number, 1 to 7", 1, 7),
          "1",
          "How many brokers keep each record. Use 3 on a cluster.");

  static final Key<Duration> DEDUPE_WINDOW =
      Key.of(
          "dedupe.window",
          Kind.DURATION,
          "7d",
          "For how long an event that comes again under the same id is known to be the same.");

  static final Key<Integer> CATCH_UP_RATE =
      Key.of(
          "timers.catch-up-rate",
          Kind.whole("a number, 1 to 1000000", 1, 1_000_000),
          "1000",
          "How many timers of journeys that are late by more than a second fire in a second, on all nodes together, and as many of deliveries. Timers in time are not slowed. The same on all nodes of a cluster.");

  static final Key<Duration> CLOCK_PAUSE =
      Key.of(
          "timers.clock-pause",
          Kind.DURATION,
          "5m",
          "For how long timers pause when the clock of this machine jumps ahead by more than five minutes, so that somebody can set it right. A machine that slept looks the same.");

  static final Key<Integer> EVENT_SIZE =
      Key.of("limits.event-size", Kind.size(KB, MB), "32KB", "The largest event that is accepted.");

  static final Key<Integer> REQUEST_SIZE =
      Key.of(
          "limits.request-size",
          Kind.size(KB, 64 * MB),
          "500KB",
          "The largest body that is accepted, on the wire and inflated.");

  static final Key<Integer> BATCH_EVENTS =
      Key.of(
          "limits.batch-events",
          Kind.whole("a number, 1 to 100000", 1, 100_000),
          "2500",
          "The most events in one request.");

  static final Key<Integer> CONNECTIONS =
      Key.of(
          "limits.connections",
          Kind.whole("a number, 1 to 1000000", 1, 1_000_000),
          "10000",
          "The most connections at a time; more are closed at once.");

  static final Key<Integer> CONNECTIONS_PER_ADDRESS =
      Key.of(
          "limits.connections-per-address",
          Kind.whole("a number, 1 to 1000000", 1, 1_000_000),
          "1000",
          "The most connections at a time from one address that is no trusted proxy.");

  static final Key<Integer> WORKSPACE_RATE =
      Key.of(
          "quota.workspace-events-per-second",
          Kind.whole("a number from 1", 1, Integer.MAX_VALUE),
          "1000000",
          "How many events a second all write keys of one workspace may send together.");

  static final Key<Integer> WORKSPACE_BURST =
      Key.of(
          "quota.workspace-burst",
          Kind.whole("a number from 1", 1, Integer.MAX_VALUE),
          "2000000",
          "How many events the write keys of one workspace may send at once after a pause.");

  static final Key<Integer> KEY_RATE =
      Key.of(
          "quota.key-events-per-second",
          Kind.whole("a number from 1", 1, Integer.MAX_VALUE),
          "1000000",
          "How many events a second one write key may send. More are answered with 429.");

  static final Key<Integer> KEY_BURST =
      Key.of(
          "quota.key-burst",
          Kind.whole("a number from 1", 1, Integer.MAX_VALUE),
          "2000000",
          "How many events one write key may send at once after a pause.");

  static final Key<Integer> BROWSER_RATE =
      Key.of(
          "quota.browser-events-per-second",
          Kind.whole("a number from 1", 1, Integer.MAX_VALUE),
          "100",
          "How many events a second one address may send from browsers through one write key.");

  static final Key<Integer> BROWSER_BURST =
      Key.of(
          "quota.browser-burst",
          Kind.whole("a number from 1", 1, Integer.MAX_VALUE),
          "5000",
          "How many events one address may send from browsers at once after a pause.");

  static final Key<String> SMTP_HOST =
      Key.unset(
          "smtp.host",
          Kind.TEXT,
          "The mail server that takes mail. Without it mail is kept in the mailbox: ./earshot mailbox.");

  static final Key<Integer> SMTP_PORT =
      Key.of("smtp.port", Kind.PORT, "587", "The port of the mail server.");

  static final Key<Tls> SMTP_TLS =
      Key.of(
          "smtp.tls",
          Kind.oneOf(Tls.class),
          "starttls",
          "How the connection is protected: starttls must succeed, tls from the first byte, none only for a server on this machine.");

  static final Key<String> SMTP_USERNAME =
      Key.unset("smtp.username", Kind.TEXT, "The user name for the mail server.");

  static final Key<Secret> SMTP_PASSWORD =
      Key.unset("smtp.password", Kind.SECRET, "The password for the mail server.");

  static final Key<Integer> SMTP_CONNECTIONS =
      Key.of(
          "smtp.connections",
          Kind.whole("a number, 1 to 192", 1, 192),
          "8",
          "How many connections to the mail server the mail of one workspace may take at a time, one for each mail. More than eight are used while the server answers within a second.");

  static final Key<String> SMTP_FROM =
      Key.of(
          "smtp.from",
          Kind.MAIL_ADDRESS,
          "Earshot <earshot@localhost>",
          "Whom mail is from when its template does not say.");

  static final Key<List<String>> WEBHOOK_ALLOW_PRIVATE =
      Key.of(
          "webhook.allow-private",
          Kind.NETWORKS,
          "",
          "Private networks that webhooks may call. Everything that is not a public address is refused otherwise.");

  static final Key<LogFormat> LOG_FORMAT =
      Key.of(
          "log.format",
          Kind.oneOf(LogFormat.class),
          "text",
          "How the log on standard error is written: text for people, json with one document a line.");

  static final Key<LogLevel> LOG_LEVEL =
      Key.of(
          "log.level",
          Kind.oneOf(LogLevel.class),
          "info",
          "How much is logged. Neither bodies of requests nor secrets are logged at any level.");

  static final List<Key<?>> ALL =
      List.of(
          HOST,
          PORT,
          DATA_DIR,
          PUBLIC_URL,
          MASTER_KEY,
          TRUSTED_PROXIES,
          ROLES,
          DURABILITY,
          DISK_RESERVE,
          KAFKA_BOOTSTRAP_SERVERS,
          KAFKA_PARTITIONS,
          KAFKA_REPLICATION_FACTOR,
          DEDUPE_WINDOW,
          CATCH_UP_RATE,
          CLOCK_PAUSE,
          EVENT_SIZE,
          REQUEST_SIZE,
          BATCH_EVENTS,
          CONNECTIONS,
          CONNECTIONS_PER_ADDRESS,
          WORKSPACE_RATE,
          WORKSPACE_BURST,
          KEY_RATE,
          KEY_BURST,
          BROWSER_RATE,
          BROWSER_BURST,
          SMTP_HOST,
          SMTP_PORT,
          SMTP_TLS,
          SMTP_USERNAME,
          SMTP_PASSWORD,
          SMTP_CONNECTIONS,
          SMTP_FROM,
          WEBHOOK_ALLOW_PRIVATE,
          LOG_FORMAT,
          LOG_LEVEL);

  private Keys() {}

  static boolean knows(String name) {
    return name.startsWith(KAFKA_CLIENT_PREFIX)
        || ALL.stream().anyMatch(key -> key.name().equals(name));
  }
}

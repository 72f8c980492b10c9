package dev.earshot.app.configuration;

import dev.earshot.stream.cluster.Durability;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What is set for this start, one record for each part. */
public record Configuration(
    Server server,
    Set<Role> roles,
    Storage storage,
    Kafka kafka,
    Timers timers,
    Limits limits,
    Quota workspaceQuota,
    Quota keyQuota,
    Quota browserQuota,
    Mail mail,
    Webhook webhook,
    Logging logging) {

  public Configuration {
    roles = Set.copyOf(roles);
  }

  /** Where HTTP is served. */
  public record Server(
      String host, int port, Optional<URI> publicUrl, List<String> trustedProxies) {
    public Server {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /**
   * What is kept on this machine, and how surely.
   *
   * @param reserveBytes what is to stay free on the disk; empty for what is usual
   * @param masterKey what secrets are sealed with, when the data directory is not to hold it
   */
  public record Storage(
      Path directory,
      Durability durability,
      OptionalLong reserveBytes,
      Duration dedupeWindow,
      Optional<Secret> masterKey) {}

  /**
   * The log.
   *
   * @param bootstrapServers of a cluster; none for the embedded broker
   * @param client what every Kafka client is given as it is
   * @param partitions of each topic; empty for what is there, or usual
   */
  public record Kafka(
      List<String> bootstrapServers,
      Map<String, String> client,
      OptionalInt partitions,
      int replicationFactor) {

    public Kafka {
      bootstrapServers = List.copyOf(bootstrapServers);
      client = Map.copyOf(client);
    }

    public boolean embedded() {
      return bootstrapServers.isEmpty();
    }

    /** The client's settings may hold passwords, so they are counted rather than shown. */
    @Override
    public String toString() {
      return "Kafka[bootstrapServers=%s, client=%d settings, partitions=%s, replicationFactor=%d]"
          .formatted(bootstrapServers, client.size(), partitions, replicationFactor);
    }
  }

  /**
   * When what is due is done.
   *
   * @param catchUpRate how many late timers fire in a second at most
   * @param clockPause for how long timers pause when the clock jumps ahead
   */
  public record Timers(int catchUpRate, Duration clockPause) {}

  /** How much of everything is accepted. */
  public record Limits(
      int eventBytes,
      int requestBytes,
      int batchEvents,
      int connections,
      int connectionsPerAddress) {}

  /** How many events one sender, or many together, may send. */
  public record Quota(int eventsPerSecond, int burst) {}

  /**
   * How mail goes out.
   *
   * @param from whom it is from when its template does not say
   * @param smtp the mail server; without one mail is kept in the mailbox
   */
  public record Mail(String from, Optional<Smtp> smtp) {}

  /** The mail server. */
  public record Smtp(
      String host,
      int port,
      Tls tls,
      Optional<String> username,
      Optional<Secret> password,
      int connections) {}

  /** How the connection to the mail server is protected. */
  public enum Tls {
    NONE,
    STARTTLS,
    TLS
  }

  /** The networks beyond the public ones that webhooks may call. */
  public record Webhook(List<String> allowPrivate) {
    public Webhook {
      allowPrivate = List.copyOf(allowPrivate);
    }
  }

  /** What is logged, and how. */
  public record Logging(LogFormat format, LogLevel level) {

    /** Whether they are equal, without what java makes for the first comparison of records. */
    public boolean isLike(Logging other) {
      return format == other.format && level == other.level;
    }
  }

  /** How a line of the log is written. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /** From where on something is worth a line. */
  public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * Reads everything once: the file, over it the environment, over it the command line. Throws
   * {@link ConfigurationFailure} with every problem found.
   *
   * @param commandLine names and texts, such as those of {@code --port} and {@code --set}
   */
  public static Configuration read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine) {
    var all = new ArrayList<Setting>();
    file.ifPresent(path -> all.addAll(YamlFile.settings(path)));
    all.addAll(Environment.settings(environment));
    commandLine.forEach((name, text) -> all.add(new Setting(name, text, "command line")));
    var settings = new Settings(all);
    var configuration = of(settings);
    Consistency.check(configuration, settings);
    settings.check();
    return configuration;
  }

  private static Configuration of(Settings settings) {
    return new Configuration(
        new Server(
            settings.get(Keys.HOST),
            settings.get(Keys.PORT),
            settings.find(Keys.PUBLIC_URL),
            settings.get(Keys.TRUSTED_PROXIES)),
        settings.get(Keys.ROLES),
        new Storage(
            settings.get(Keys.DATA_DIR),
            settings.get(Keys.DURABILITY),
            settings.find(Keys.DISK_RESERVE).map(OptionalLong::of).orElseGet(OptionalLong::empty),
            settings.get(Keys.DEDUPE_WINDOW),
            settings.find(Keys.MASTER_KEY)),
        new Kafka(
            settings.get(Keys.KAFKA_BOOTSTRAP_SERVERS),
            settings.under(Keys.KAFKA_CLIENT_PREFIX),
            settings.find(Keys.KAFKA_PARTITIONS).map(OptionalInt::of).orElseGet(OptionalInt::empty),
            settings.get(Keys.KAFKA_REPLICATION_FACTOR)),
        new Timers(settings.get(Keys.CATCH_UP_RATE), settings.get(Keys.CLOCK_PAUSE)),
        new Limits(
            settings.get(Keys.EVENT_SIZE),
            settings.get(Keys.REQUEST_SIZE),
            settings.get(Keys.BATCH_EVENTS),
            settings.get(Keys.CONNECTIONS),
            settings.get(Keys.CONNECTIONS_PER_ADDRESS)),
        new Quota(settings.get(Keys.WORKSPACE_RATE), settings.get(Keys.WORKSPACE_BURST)),
        new Quota(settings.get(Keys.KEY_RATE), settings.get(Keys.KEY_BURST)),
        new Quota(settings.get(Keys.BROWSER_RATE), settings.get(Keys.BROWSER_BURST)),
        new Mail(settings.get(Keys.SMTP_FROM), smtp(settings)),
        new Webhook(settings.get(Keys.WEBHOOK_ALLOW_PRIVATE)),
        new Logging(settings.get(Keys.LOG_FORMAT), settings.get(Keys.LOG_LEVEL)));
  }

  /** All keys of the mail server are read, even without a host, so that all are checked. */
  private static Optional<Smtp> smtp(Settings settings) {
    var smtp =
        new Smtp(
            settings.find(Keys.SMTP_HOST).orElse(""),
            settings.get(Keys.SMTP_PORT),
            settings.get(Keys.SMTP_TLS),
            settings.find(Keys.SMTP_USERNAME),
            settings.find(Keys.SMTP_PASSWORD),
            settings.get(Keys.SMTP_CONNECTIONS));
    return smtp.host().isEmpty() ? Optional.empty() : Optional.of(smtp);
  }
}

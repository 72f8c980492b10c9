package dev.earshot.stream.cluster;

import static dev.earshot.stream.cluster.StreamException.Code.BROKER_FAILED;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this process, on loopback ports chosen free at each start.
 * Both listeners ask for a password that only the owner of the data directory can read.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Pattern EVENTS_FOLDER = Pattern.compile("events-\\d+");

  private static final int NODE = 1;
  private static final String USER = "earshot";
  private static final String LOOPBACK = "127.0.0.1";

  /** Kafka leaves it where it ended in order, and takes it away when it begins. */
  private static final String ENDED_IN_ORDER = ".kafka_cleanshutdown";

  /** What a power cut may take, when not every record is flushed. */
  private static final String FLUSH_MILLIS = "1000";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** Clients are made while the broker starts, and are to find it at once. */
  private static final String RECONNECT_MILLIS = "50";

  /**
   * What is not there yet in the first second of a broker is there soon; but a consumer's heartbeat
   * thread wakes up as often for all its life.
   */
  private static final String RETRY_MILLIS = "25";

  private final Path directory;
  private final Map<String, String> settings;
  private final Cluster cluster;
  private final Consumer<String> onFailure;
  private volatile @Nullable LoneServer server;

  /**
   * Chooses where it will be reached; it is not before its start.
   *
   * @param onFailure hears why the broker ended by itself: a full disk, a disk that fails. Nothing
   *     can be written any more, and the process should end.
   */
  public EmbeddedBroker(DataDirectory data, Durability durability, Consumer<String> onFailure) {
    var password = data.replaceableSecret("broker-password");
    var ports = freePorts(2);
    int clients = ports.getFirst();
    int controller = ports.getLast();
    directory = folder(data);
    settings = settings(directory, clients, controller, password, durability);
    cluster = cluster(clients, password);
    this.onFailure = onFailure;
  }

  /** Makes one and starts it. */
  public static EmbeddedBroker start(
      DataDirectory data, Durability durability, Consumer<String> onFailure) {
    var broker = new EmbeddedBroker(data, durability, onFailure);
    broker.start();
    return broker;
  }

  /** Loads what a broker will need and no folder. */
  public static void warmUp() {
    var settings = settings(Path.of(""), 1, 2, "", Durability.OS);
    LOG.debug("Kafka speaks {} kinds of requests", ApiKeys.values().length);
    LOG.debug("The broker is number {}", new KafkaConfig(settings, false).nodeId());
  }

  /** Where it keeps its files. */
  public static Path folder(DataDirectory data) {
    return data.folder("kafka");
  }

  /** How many partitions its topics have; empty when it has none yet. */
  public static OptionalInt partitions(DataDirectory data) {
    var folders = folder(data).toFile().list((_, name) -> EVENTS_FOLDER.matcher(name).matches());
    return folders == null || folders.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(folders.length);
  }

  /**
   * Whether the last broker of that folder did not end in order; so it is before the first, too.
   */
  public static boolean wasKilled(Path directory) {
    return Files.notExists(directory.resolve(ENDED_IN_ORDER));
  }

  /** Makes its folder look as a kill leaves it. */
  public static void pretendKilled(DataDirectory data) {
    try {
      Files.deleteIfExists(folder(data).resolve(ENDED_IN_ORDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How clients reach it, from its start on. */
  public Cluster cluster() {
    return cluster;
  }

  /** Returns when it takes requests. */
  public void start() {
    surviveExit(onFailure);
    try {
      var notes = new BrokerNotes(directory);
      notes.heal();
      if (!notes.present()) {
        format(directory);
      }
      notes.keepIdentity();
      startup(new LoneServer(new KafkaConfig(settings, false), directory));
    } catch (StreamException e) {
      throw e;
    } catch (Exception e) {
      throw new StreamException(
          BROKER_FAILED, "The embedded broker did not start: " + e.getMessage() + ".", e);
    }
  }

  /** A start that fails half-way leaves no threads behind. */
  private void startup(LoneServer lone) {
    try {
      lone.start();
      server = lone;
    } catch (RuntimeException e) {
      lone.close();
      throw e;
    }
  }

  @Override
  public void close() {
    var started = server;
    if (started != null) {
      started.close();
    }
  }

  /**
   * Kafka ends the whole process when its disk fails, without a word. Here it says why, and the
   * thread that asked for the end goes no further.
   */
  private static void surviveExit(Consumer<String> onFailure) {
    Exit.Procedure procedure =
        (_, message) -> {
          var reason =
              "the embedded broker ended itself"
                  + (message == null
                      ? ", as it does when its disk is full or fails: see ./earshot doctor"
                      : ": " + message);
          onFailure.accept(reason);
          throw new IllegalStateException(reason);
        };
    Exit.setExitProcedure(procedure);
    Exit.setHaltProcedure(procedure);
  }

  private static void format(Path directory) throws Exception {
    try (var silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .run();
    }
  }

  private static Map<String, String> settings(
      Path directory, int clients, int controller, String password, Durability durability) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("log.dirs", directory.toString());
    settings.putAll(listeners(clients, controller, password));
    settings.putAll(sizes());
    // Nobody reads them over JMX, and each start would register hundreds.
    settings.put("metric.reporters", "");
    settings.put(JmxReporter.EXCLUDE_CONFIG, ".*");
    settings.put("auto.create.topics.enable", "false");
    settings.put("unclean.leader.election.enable", "false");
    // What was taken before the clock was set back is decided about after it.
    settings.put("log.message.timestamp.after.max.ms", Topics.ANY_TIME);
    // Broker and controller live and stall together: to lose its partitions for having been held
    // still would help nobody.
    settings.put("broker.session.timeout.ms", "60000");
    settings.put("broker.heartbeat.interval.ms", "250");
    settings.put("initial.broker.registration.timeout.ms", "30000");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // The next transaction of a producer waits for the markers of its last one: some milliseconds.
    settings.put("add.partitions.to.txn.retry.backoff.ms", "5");
    if (durability == Durability.FSYNC) {
      settings.put("log.flush.interval.messages", "1");
    } else {
      settings.put("log.flush.interval.ms", FLUSH_MILLIS);
      settings.put("log.flush.scheduler.interval.ms", FLUSH_MILLIS);
    }
    return settings;
  }

  private static Map<String, String> listeners(int clients, int controller, String password) {
    var settings = new HashMap<String, String>();
    settings.put(
        "listeners",
        "CLIENTS://" + LOOPBACK + ":" + clients + ",CONTROLLER://" + LOOPBACK + ":" + controller);
    settings.put("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "CLIENTS");
    settings.put(
        "listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.controller.protocol", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    var login = login(password) + " user_" + USER + "=\"" + password + "\";";
    settings.put("listener.name.clients.plain.sasl.jaas.config", login);
    settings.put("listener.name.controller.plain.sasl.jaas.config", login);
    return settings;
  }

  /** One broker has one replica of everything, and little of anything. */
  private static Map<String, String> sizes() {
    var settings = new HashMap<String, String>();
    for (var topic : new String[] {"offsets.topic", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("log.segment.bytes", "67108864");
    settings.put("message.max.bytes", Integer.toString(Topics.RECORD_BYTES_MAX));
    settings.put("replica.fetch.max.bytes", Integer.toString(Topics.RECORD_BYTES_MAX));
    return settings;
  }

  private static Cluster cluster(int port, String password) {
    return new Cluster(
        LOOPBACK + ":" + port,
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            login(password) + ";",
            "reconnect.backoff.max.ms",
            RECONNECT_MILLIS,
            "retry.backoff.ms",
            RETRY_MILLIS),
        1);
  }

  private static String login(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + USER
        + "\" password=\""
        + password
        + "\"";
  }

  /** Held all at once, since the system may give one that was let go again. */
  static List<Integer> freePorts(int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      while (sockets.size() < count) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new StreamException(BROKER_FAILED, "No loopback port is free.", e);
    } finally {
      sockets.forEach(EmbeddedBroker::letGo);
    }
  }

  private static void letGo(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new StreamException(BROKER_FAILED, "A loopback port cannot be let go.", e);
    }
  }
}

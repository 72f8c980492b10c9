package dev.earshot.stream.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.stream.TestBroker;
import dev.earshot.stream.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path folder;

  @Test
  void portsThatAreChosenTogetherDiffer() {
    int many = 1_000;

    assertEquals(many, Set.copyOf(EmbeddedBroker.freePorts(many)).size());
  }

  @Test
  void whatItHeldIsThereAfterARestartOnOtherPorts() throws Exception {
    try (var data = DataDirectory.open(folder)) {
      assertEquals(0, nextOffset(data, Durability.FSYNC));
      assertEquals(1, nextOffset(data));
    }
  }

  /** What a killed process leaves behind is what its files hold while it runs. */
  @Test
  void itStartsFromWhatAKilledOneLeft() throws Exception {
    var killed = folder.resolve("killed");
    var left = folder.resolve("left");
    try (var data = DataDirectory.open(killed);
        var broker = EmbeddedBroker.start(data, Durability.OS, EmbeddedBrokerTest::failed)) {
      Topics.prepare(broker.cluster(), Topics.Config.DEFAULT, Map.of());
      try (var producer = producer(broker.cluster())) {
        producer.send(new ProducerRecord<>(Topic.EVENTS.word(), 0, "k", "v")).get();
      }
      copy(killed, left);
    }

    try (var data = DataDirectory.open(left)) {
      assertEquals(1, nextOffset(data));
    }
  }

  @Test
  void whatCanBeDrawnAgainFromTheLogMayBeDamaged() throws Exception {
    try (var data = DataDirectory.open(folder)) {
      assertEquals(0, nextOffset(data));
      var kafka = EmbeddedBroker.folder(data);
      damage(kafka, "meta.properties");
      damage(kafka, "recovery-point-offset-checkpoint");
      damage(kafka, "replication-offset-checkpoint");
      damage(kafka, "log-start-offset-checkpoint");
      damage(kafka, "events-0/00000000000000000000.index");
      damage(kafka, "events-0/00000000000000000000.timeindex");
      damage(kafka, "events-0/leader-epoch-checkpoint");
      damage(kafka, "events-0/partition.metadata");
      damage(kafka, "bootstrap.checkpoint");
      damage(kafka, "__cluster_metadata-0/quorum-state");
      damage(kafka, "__cluster_metadata-0/partition.metadata");
      damage(kafka, "__cluster_metadata-0/00000000000000000000.index");

      assertEquals(1, nextOffset(data));
    }
  }

  @Test
  void aPartitionWhoseTopicNobodyKnowsIsToldAndNotSetAside() throws Exception {
    try (var data = DataDirectory.open(folder)) {
      assertEquals(0, nextOffset(data));
      var kafka = EmbeddedBroker.folder(data);
      for (int partition = 0; partition < 4; partition++) {
        Files.deleteIfExists(kafka.resolve("events-" + partition + "/partition.metadata"));
      }

      var refusal =
          assertThrows(
              StreamException.class,
              () -> EmbeddedBroker.start(data, Durability.OS, EmbeddedBrokerTest::failed));

      assertEquals(StreamException.Code.LOG_DAMAGED, refusal.code());
      assertEquals(
          kafka.resolve("events-0/partition.metadata")
              + " is damaged or missing, and the log cannot be read without it: put it back from a"
              + " backup.",
          refusal.getMessage());
    }
  }

  @Test
  void itsOwnEndIsToldAndDoesNotEndTheProcess() {
    var told = new ArrayList<String>();
    try (var data = DataDirectory.open(folder);
        var broker = EmbeddedBroker.start(data, Durability.OS, told::add)) {
      var end = assertThrows(IllegalStateException.class, () -> Exit.halt(1, "the disk is full"));

      assertEquals("the embedded broker ended itself: the disk is full", end.getMessage());
      assertEquals(List.of(end.getMessage()), told);
      assertEquals(1, broker.cluster().replicationFactor());
    }
  }

  @Test
  void nobodyConnectsWithoutItsPassword() {
    var open = TestBroker.cluster();
    var stranger =
        new Cluster(
            open.bootstrapServers(),
            Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " username=\"earshot\" password=\"guess\";"),
            1);
    try (var admin = Admin.create(stranger.client(Map.of()))) {
      var refusal = assertThrows(ExecutionException.class, () -> admin.listTopics().names().get());

      assertInstanceOf(SaslAuthenticationException.class, refusal.getCause());
    }
  }

  @Test
  void nobodyConnectsWithoutAnyPassword() {
    var stranger = new Cluster(TestBroker.cluster().bootstrapServers(), Map.of(), 1);
    var impatient = Map.of("default.api.timeout.ms", "3000", "request.timeout.ms", "1000");
    try (var admin = Admin.create(stranger.client(impatient))) {
      assertThrows(ExecutionException.class, () -> admin.listTopics().names().get());
    }
  }

  @Test
  void nobodyReachesItFromAnotherMachine() throws Exception {
    var servers = TestBroker.cluster().bootstrapServers();
    int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    var addresses =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .collect(Collectors.toCollection(ArrayList::new));
    addresses.add(InetAddress.ofLiteral("127.0.0.2"));

    for (var address : addresses) {
      assertThrows(IOException.class, () -> new Socket(address, port).close(), address::toString);
    }
  }

  @Test
  void preparingTopicsASecondTimeChangesNothing() throws Exception {
    Topics.prepare(TestBroker.cluster(), Topics.Config.DEFAULT, Map.of());

    try (var admin = Admin.create(TestBroker.cluster().client(Map.of()))) {
      var names = admin.listTopics().names().get();
      for (var topic : Topic.values()) {
        assertEquals(true, names.contains(topic.word()), topic.word());
      }
    }
  }

  @Test
  void whatWasDecidedBeforeTheClockWasSetBackIsTaken() throws Exception {
    var tomorrow = System.currentTimeMillis() + Duration.ofHours(25).toMillis();
    Topics.prepare(TestBroker.cluster(), Topics.Config.DEFAULT, Map.of("changelog", Map.of()));
    try (var producer = producer(TestBroker.cluster())) {
      var taken = producer.send(new ProducerRecord<>("changelog", 0, tomorrow, "k", "v")).get();

      assertEquals(tomorrow, taken.timestamp());
    }
  }

  @Test
  void anotherNumberOfPartitionsThanTheTopicsHaveIsRefused() {
    var other = new Topics.Config(3, Map.of());

    var refusal =
        assertThrows(
            StreamException.class, () -> Topics.prepare(TestBroker.cluster(), other, Map.of()));

    assertEquals(StreamException.Code.TOPICS_UNSUITABLE, refusal.code());
  }

  /** What Kafka is just writing under another name may be gone before it is copied. */
  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(found -> !found.toString().endsWith(".tmp")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** Starts a broker, appends one record, and ends the broker again. */
  private static long nextOffset(DataDirectory data) throws Exception {
    return nextOffset(data, Durability.OS);
  }

  private static long nextOffset(DataDirectory data, Durability durability) throws Exception {
    try (var broker = EmbeddedBroker.start(data, durability, EmbeddedBrokerTest::failed);
        var producer = producer(broker.cluster())) {
      Topics.prepare(broker.cluster(), Topics.Config.DEFAULT, Map.of());
      return producer.send(new ProducerRecord<>(Topic.EVENTS.word(), 0, "k", "v")).get().offset();
    }
  }

  private static void damage(Path folder, String file) throws IOException {
    var damaged = new byte[41];
    new SplittableRandom(file.hashCode()).nextBytes(damaged);
    Files.write(folder.resolve(file), damaged, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static KafkaProducer<String, String> producer(Cluster cluster) {
    return new KafkaProducer<>(
        cluster.client(Map.of("linger.ms", 0)), new StringSerializer(), new StringSerializer());
  }

  private static void failed(String reason) {
    throw new AssertionError(reason);
  }
}

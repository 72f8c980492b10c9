package dev.earshot.stream.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.journey.Fact;
import dev.earshot.engine.journey.FactJson;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.stream.TestBroker;
import dev.earshot.stream.TestTopics;
import dev.earshot.stream.Topic;
import dev.earshot.stream.log.KafkaEventLog;
import dev.earshot.stream.log.LogProducer;
import dev.earshot.stream.log.Room;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class HostTest {

  @TempDir static Path folder;

  private static LogProducer producer;
  private static KafkaEventLog log;
  private static Host host;

  private final String workspace = "w" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void open() {
    producer = new LogProducer(TestBroker.cluster(), new SimpleMeterRegistry());
    log = new KafkaEventLog(producer, Room.ofCluster());
    host = start();
  }

  @AfterAll
  static void close() {
    host.close();
    producer.close();
  }

  @Test
  void everyEventIsOneFactHoweverOftenItArrivesAndTheHostIsRestarted() {
    var events = IntStream.range(0, 100).mapToObj(n -> event("e" + n, "user" + n % 7)).toList();
    log.append(events).join();
    log.append(events.subList(0, 50)).join();
    awaitFacts(100);

    host.close();
    log.append(events).join();
    log.append(List.of(event("e100", "user0"))).join();
    host = start();

    awaitFacts(101);
    assertEquals(
        events.stream().filter(event -> "user3".equals(event.userId())).map(Event::id).toList(),
        facts().stream()
            .filter(fact -> fact.subject().equals(Subject.user(workspace, "user3")))
            .map(fact -> ((Fact.Heard) fact).event().id())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURRENT", "MANIFEST-\\d+", "\\d+\\.sst"})
  void damagedStoresAreMadeAnewFromTheLog(String file) throws IOException {
    log.append(List.of(event("e1", "ada"))).join();
    awaitFacts(1);

    host.close();
    int damaged = damage(file);
    host = start();
    assertTrue(damaged > 0);

    log.append(List.of(event("e1", "ada"), event("e2", "ada"))).join();
    awaitFacts(2);
  }

  @Test
  void aHostThatIsClosedWhileItStartsIsWaitedForByNobody(@TempDir Path other) {
    var early = startUntilMember(other);
    while (!(early.status() instanceof HostStatus.Starting)) {
      early.close();
      early = startUntilMember(other);
    }

    early.close();

    assertEquals(Set.of("test-1", "test-2"), members());
  }

  @Test
  void aHostThatIsClosedWhilePartitionsAreGivenOutLeavesItsFolderInOrder(@TempDir Path other) {
    for (int round = 0; round < 12; round++) {
      startUntilMember(other).close();

      assertEquals(Set.of(), Host.restoredFrom(other, Duration.ofDays(7)));
    }
  }

  @Test
  void aRecordThatCannotBeReadGoesToQuarantineAndTheHostRunsOn() {
    TestTopics.write(Topic.EVENTS, workspace + "|u:ada", "{\"kind\":\"event\"}");
    TestTopics.write(Topic.OUTCOMES, workspace + "|u:ada", "no outcome");
    log.append(List.of(event("e1", "ada"))).join();

    awaitFacts(1);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> TestTopics.records(Topic.QUARANTINE, workspace).size() == 2);
    assertInstanceOf(HostStatus.Running.class, host.status());
  }

  /** Writes over all files of that name in the stores; how many there were. */
  private static int damage(String name) throws IOException {
    try (var files = Files.walk(folder)) {
      var damaged = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      for (var file : damaged) {
        Files.write(file, "damaged".getBytes(UTF_8));
      }
      return damaged.size();
    }
  }

  private static Host startUntilMember(Path stateDirectory) {
    var early = start("early", stateDirectory);
    await().atMost(Duration.ofMinutes(1)).until(() -> members().contains("early-1"));
    return early;
  }

  /** Who belongs to the group of the hosts, by the name of a thread. */
  private static Set<String> members() {
    try (var admin = Admin.create(TestBroker.cluster().client(Map.of()))) {
      var groups = admin.describeConsumerGroups(List.of(Host.APPLICATION)).all();
      return groups.toCompletionStage().toCompletableFuture().join().values().stream()
          .flatMap(group -> group.members().stream())
          .flatMap(member -> member.groupInstanceId().stream())
          .collect(Collectors.toSet());
    }
  }

  private static Host start() {
    return start("test", folder);
  }

  private static Host start(String node, Path stateDirectory) {
    var started =
        new Host(
            TestBroker.cluster(),
            Host.Config.of(node, stateDirectory),
            () -> true,
            new SimpleMeterRegistry(),
            reason -> {
              throw new AssertionError(reason);
            });
    started.start();
    return started;
  }

  private void awaitFacts(int count) {
    await().atMost(Duration.ofMinutes(2)).until(() -> facts().size() >= count);
    assertEquals(count, facts().size());
  }

  private List<Fact> facts() {
    return TestTopics.records(Topic.FACTS, workspace).stream()
        .map(record -> FactJson.read(record.value()))
        .toList();
  }

  private Event event(String id, String user) {
    return new Event(
        id,
        workspace,
        EventType.TRACK,
        "Pricing Viewed",
        user,
        null,
        null,
        null,
        Properties.EMPTY,
        Properties.EMPTY,
        Instant.now(),
        Instant.now(),
        Origin.LIVE,
        "key");
  }
}

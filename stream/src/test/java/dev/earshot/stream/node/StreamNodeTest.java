package dev.earshot.stream.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import dev.earshot.stream.EventLog.NoRoom;
import dev.earshot.stream.TestBroker;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.Durability;
import dev.earshot.stream.cluster.StreamException;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.host.HostStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StreamNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Subject ADA = Subject.user("w", "ada");
  private static final long RESERVE_BYTES = 1000;
  private static final Definition KEY =
      new Definition(
          "w", DefinitionKind.KEY, "k1", 1, Fields.EMPTY, false, Instant.EPOCH, "someone");

  @TempDir Path folder;

  @Test
  void whatANodeAcceptedAndPublishedIsThereAfterItsRestart() {
    try (var data = DataDirectory.open(folder);
        var node = start(data)) {
      append(node, event("e1"));
      node.definitions().publish(List.of(KEY)).join();
      awaitFacts(node, 1);
    }

    try (var data = DataDirectory.open(folder);
        var node = start(data)) {
      assertEquals(Optional.of(KEY), node.definitions().latest("w", DefinitionKind.KEY, "k1"));
      append(node, event("e1"), event("e2"));
      awaitFacts(node, 2);
      await().atMost(PATIENCE).until(() -> node.hostStatus() instanceof HostStatus.Running);
      assertEquals(Set.of(0, 1), node.hostedPartitions());
      await()
          .atMost(PATIENCE)
          .until(() -> node.lag().stream().mapToLong(StreamNode.Partition::behind).sum() == 0);
    }
  }

  /**
   * While it initialises a class, a virtual thread keeps its carrier. A start initialises
   * thousands, each with its logger; two carriers that waited so for the lock of all loggers, which
   * a third virtual thread was to have next, waited for ever.
   */
  @Test
  void noPartOfANodeIsMadeOnAVirtualThread() {
    var makers = new CopyOnWriteArraySet<Thread>();
    var metrics =
        new SimpleMeterRegistry() {
          @Override
          protected <T> Gauge newGauge(
              Meter.Id id, @Nullable T watched, ToDoubleFunction<T> value) {
            makers.add(Thread.currentThread());
            return super.newGauge(id, watched, value);
          }
        };

    try (var data = DataDirectory.open(folder);
        var _ =
            StreamNode.start(data, StreamNode.Config.DEFAULT, metrics, StreamNodeTest::failed)) {
      assertTrue(makers.size() > 1, "parts are made beside one another");
      assertEquals(List.of(), makers.stream().filter(Thread::isVirtual).toList());
    }
  }

  @Test
  void aDamagedLogIsRefusedUntilTheLossIsAccepted() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      try (var node = start(data, false)) {
        append(node, event("e1"));
        append(node, event("e2"));
        append(node, event("e3"));
        awaitFacts(node, 3);
      }
      var segment = grownSegment("events");
      flipByte(segment, Files.size(segment) / 2);
      Files.delete(folder.resolve("kafka/.kafka_cleanshutdown"));

      var refusal = assertThrows(StreamException.class, () -> start(data, false));
      assertEquals(StreamException.Code.LOG_DAMAGED, refusal.code());
      assertTrue(refusal.toString().contains(segment.toString()), refusal::toString);

      try (var node = start(data, true)) {
        append(node, event("e4"));
        awaitFacts(node, 4);
      }
      try (var node = start(data, false)) {
        append(node, event("e5"));
        awaitFacts(node, 5);
      }
    }
  }

  @Test
  void damagedDefinitionsAreTold() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      try (var node = start(data, false)) {
        await()
            .atMost(PATIENCE)
            .until(
                () -> !node.definitions().publish(List.of(KEY)).handle((_, e) -> e != null).join());
      }
      var segment = grownSegment("definitions");
      flipByte(segment, Files.size(segment) / 2);

      var refusal = assertThrows(StreamException.class, () -> start(data, false));

      assertEquals(StreamException.Code.LOG_DAMAGED, refusal.code());
      assertTrue(refusal.toString().contains("definitions-"), refusal::toString);
    }
  }

  @Test
  void whatAStoreIsMadeAnewFromIsLookedThroughFirst() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      try (var node = start(data, false)) {
        append(node, event("e1"));
        awaitFacts(node, 1);
        append(node, event("e2"));
        awaitFacts(node, 2);
      }
      leap(grownSegment("earshot-host-state-changelog"));

      try (var node = start(data, false)) {
        awaitFacts(node, 2);
      }
      delete(folder.resolve("streams/earshot-host"));

      var refusal = assertThrows(StreamException.class, () -> start(data, false));
      assertEquals(StreamException.Code.LOG_DAMAGED, refusal.code());
      assertTrue(refusal.toString().contains("state-changelog-"), refusal::toString);

      try (var node = start(data, true)) {
        append(node, event("e3"));
        awaitFacts(node, 3);
      }
    }
  }

  @Test
  void aLogThatWasCutIsRefusedAndReadFromItsEndWhenTheLossIsAccepted() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      try (var node = start(data, false)) {
        append(node, event("e1"));
        append(node, event("e2"));
        awaitFacts(node, 2);
      }
      truncate(grownSegment("events"));

      var refusal = assertThrows(StreamException.class, () -> start(data, false));
      assertEquals(StreamException.Code.LOG_DAMAGED, refusal.code());
      assertTrue(refusal.toString().contains("events-"), refusal::toString);

      try (var node = start(data, true)) {
        append(node, event("e3"));
        awaitFacts(node, 3);
      }
    }
  }

  @Test
  void whileTheDiskIsNearlyFullOnlyWhatFollowsFromTheAcceptedIsWritten() {
    var free = new AtomicLong(RESERVE_BYTES);
    try (var data = DataDirectory.open(folder);
        var node = start(data, free)) {
      append(node, event("e1"));

      free.set(RESERVE_BYTES - 1);
      await().atMost(PATIENCE).until(() -> node.logTrouble().isPresent());
      assertNoRoom(node.events().append(List.of(event("e2"))));
      assertNoRoom(node.events().quarantine(List.of()));
      assertNoRoom(node.definitions().publish(List.of(KEY)));
      assertNoRoom(node.orders().order(ADA, new Redriven("d1", "someone")));
      node.mailbox().keep(ADA, "m1", "{}".getBytes(StandardCharsets.UTF_8)).join();
      awaitFacts(node, 1);

      free.set(RESERVE_BYTES * 2);
      append(node, event("e2"));
      awaitFacts(node, 2);
      assertEquals(Optional.empty(), node.logTrouble());
    }
  }

  @Test
  void aTeamsOwnClusterServesAsWell() {
    var config =
        new StreamNode.Config(
            "other",
            Optional.of(TestBroker.cluster()),
            Durability.OS,
            OptionalLong.empty(),
            Topics.Config.DEFAULT,
            Duration.ofDays(7),
            1,
            1000,
            Duration.ofMinutes(5),
            false);
    try (var data = DataDirectory.open(folder);
        var node =
            StreamNode.start(data, config, new SimpleMeterRegistry(), StreamNodeTest::failed)) {
      append(node, event("e1"));

      awaitFacts(node, 1);
    }
  }

  @Test
  void aClusterThatIsNotThereIsOneSentence() {
    var nowhere =
        new Cluster(
            "127.0.0.1:1",
            Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500"),
            1);
    var config =
        new StreamNode.Config(
            "earshot",
            Optional.of(nowhere),
            Durability.OS,
            OptionalLong.empty(),
            Topics.Config.DEFAULT,
            Duration.ofDays(7),
            2,
            1000,
            Duration.ofMinutes(5),
            false);
    try (var data = DataDirectory.open(folder)) {
      var refusal =
          assertThrows(
              StreamException.class,
              () -> StreamNode.start(data, config, new SimpleMeterRegistry(), reason -> {}));

      assertEquals(StreamException.Code.CLUSTER_UNREACHABLE, refusal.code());
    }
  }

  private static StreamNode start(DataDirectory data) {
    return StreamNode.start(
        data, StreamNode.Config.DEFAULT, new SimpleMeterRegistry(), StreamNodeTest::failed);
  }

  private static StreamNode start(DataDirectory data, AtomicLong free) {
    return StreamNode.start(
        data,
        config(OptionalLong.of(RESERVE_BYTES), false),
        new SimpleMeterRegistry(),
        StreamNodeTest::failed,
        free::get);
  }

  private static void assertNoRoom(CompletableFuture<Void> write) {
    assertInstanceOf(NoRoom.class, write.exceptionNow());
  }

  private static void failed(String reason) {
    throw new AssertionError(reason);
  }

  private static StreamNode start(DataDirectory data, boolean acceptLoss) {
    return StreamNode.start(
        data,
        config(OptionalLong.empty(), acceptLoss),
        new SimpleMeterRegistry(),
        StreamNodeTest::failed);
  }

  private static StreamNode.Config config(OptionalLong reserve, boolean acceptLoss) {
    return new StreamNode.Config(
        "earshot",
        Optional.empty(),
        Durability.OS,
        reserve,
        Topics.Config.DEFAULT,
        Duration.ofDays(7),
        2,
        1000,
        Duration.ofMinutes(5),
        acceptLoss);
  }

  /** The only file of the topic that holds something. */
  private Path grownSegment(String topic) throws IOException {
    try (var files = Files.walk(folder.resolve("kafka"))) {
      return files
          .filter(file -> file.toString().matches(".*/" + topic + "-\\d/\\d+\\.log"))
          .filter(file -> file.toFile().length() > 0)
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flipByte(Path file, long position) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[(int) position] ^= 1;
    Files.write(file, bytes);
  }

  /** Sets a bit of the offset of the first batch, which no checksum covers. */
  private static void leap(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[4] ^= 1;
    Files.write(file, bytes);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void truncate(Path file) throws IOException {
    Files.write(file, new byte[0]);
  }

  /** As a caller does: again, until the log has them. */
  private static void append(StreamNode node, Event... events) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> {
          node.events().append(List.of(events)).join();
          return true;
        });
  }

  private static void awaitFacts(StreamNode node, int count) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            node.reader().latest(Topic.FACTS, ADA, _ -> true, 10, PATIENCE).entries().size()
                == count);
  }

  private static Event event(String id) {
    return new Event(
        id,
        "w",
        EventType.TRACK,
        "Pricing Viewed",
        "ada",
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

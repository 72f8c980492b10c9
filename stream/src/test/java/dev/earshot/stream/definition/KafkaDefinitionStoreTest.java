package dev.earshot.stream.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Json;
import dev.earshot.stream.DefinitionStore;
import dev.earshot.stream.TestBroker;
import dev.earshot.stream.TestTopics;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.log.Room;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaDefinitionStoreTest extends DefinitionStoreConformance {

  private static KafkaDefinitionStore store;

  @BeforeAll
  static void open() {
    store = new KafkaDefinitionStore(TestBroker.cluster(), "test", Room.ofCluster());
    store.caughtUp().join();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  DefinitionStore store() {
    return store;
  }

  @Test
  void aPublicationIsActivatedOnceInEveryPartitionOfTheEvents() {
    store
        .publish(
            List.of(
                definition(DefinitionKind.JOURNEY, "welcome", 1, false),
                definition(DefinitionKind.TEMPLATE, "hello", 1, false)))
        .join();

    var activations =
        TestTopics.records(Topic.EVENTS, "activation").stream()
            .filter(record -> Json.parse(record.value()).shown().contains(workspace))
            .toList();
    int partitions = Topics.Config.DEFAULT.partitions();
    assertEquals(
        IntStream.range(0, partitions).boxed().toList(),
        activations.stream().map(record -> record.partition()).toList());
  }

  @Test
  void anotherNodeReadsAllThatWasEverPublished() {
    var welcome = definition(DefinitionKind.JOURNEY, "welcome", 1, false);
    store.publish(List.of(welcome)).join();

    try (var other = new KafkaDefinitionStore(TestBroker.cluster(), "other", Room.ofCluster())) {
      other.caughtUp().join();

      assertEquals(
          Optional.of(welcome), other.latest(workspace, DefinitionKind.JOURNEY, "welcome"));
    }
  }
}

package dev.earshot.stream.integrity;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.stream.TestBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class AcceptedLossTest {

  private static final TopicPartition EVENTS = new TopicPartition("events", 0);
  private static final LogEnds CUT = new LogEnds(Map.of(EVENTS, 5L));

  @Test
  void aGroupThatEverybodyLeftGoesBackToTheEnd() throws Exception {
    try (var admin = Admin.create(TestBroker.cluster().client(Map.of()))) {
      commit(admin, "left-by-all", 7);

      AcceptedLoss.settle(TestBroker.cluster(), CUT, Set.of("left-by-all"));

      assertEquals(5, committed(admin, "left-by-all"));
    }
  }

  @Test
  void aGroupWithAMemberThatIsGoneGoesBackToTheEnd() throws Exception {
    try (var admin = Admin.create(TestBroker.cluster().client(Map.of()))) {
      commit(admin, "killed", 7);
      joinAndVanish("killed");

      AcceptedLoss.settle(TestBroker.cluster(), CUT, Set.of("killed"));

      assertEquals(5, committed(admin, "killed"));
    }
  }

  @Test
  void aGroupThatHasNotReadWhatIsLostStaysWhereItIs() throws Exception {
    try (var admin = Admin.create(TestBroker.cluster().client(Map.of()))) {
      commit(admin, "behind", 3);

      AcceptedLoss.settle(TestBroker.cluster(), CUT, Set.of("behind"));

      assertEquals(3, committed(admin, "behind"));
    }
  }

  private static void commit(Admin admin, String group, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(group, Map.of(EVENTS, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private static long committed(Admin admin, String group) throws Exception {
    var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return requireNonNull(offsets.get(EVENTS)).offset();
  }

  /** A static member does not leave when it closes: to the group that is as if it was killed. */
  private static void joinAndVanish(String group) {
    var config =
        new HashMap<String, Object>(
            TestBroker.cluster()
                .client(
                    Map.of(
                        "group.id",
                        group,
                        "group.instance.id",
                        "gone",
                        "enable.auto.commit",
                        false)));
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(EVENTS.topic()));
      while (consumer.assignment().isEmpty()) {
        consumer.poll(Duration.ofMillis(100));
      }
    }
  }
}

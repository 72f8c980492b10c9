package dev.earshot.stream.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.AttemptJson;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInputJson;
import dev.earshot.stream.AttemptQueue;
import dev.earshot.stream.TestBroker;
import dev.earshot.stream.TestTopics;
import dev.earshot.stream.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaAttemptQueueTest extends AttemptQueueConformance {

  private final String group = "sender-" + workspace;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private KafkaAttemptQueue queue;

  @BeforeEach
  void open() {
    TestTopics.moveToEnd(group, Topic.ATTEMPTS);
    queue = start();
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Override
  AttemptQueue queue() {
    return queue;
  }

  @Override
  void owe(List<Attempt> attempts) {
    for (var attempt : attempts) {
      TestTopics.write(
          Topic.ATTEMPTS,
          attempt.delivery().subject().key(),
          new String(AttemptJson.write(attempt), StandardCharsets.UTF_8));
    }
  }

  @Override
  List<Reported> outcomes() {
    return TestTopics.records(Topic.OUTCOMES, workspace).stream()
        .map(record -> (Reported) DeliveryInputJson.read(record.value()))
        .toList();
  }

  @Override
  void crash() {
    queue.kill();
    queue = start();
  }

  @Test
  void whoWaitsForAnAttemptHasNoneInHand() throws Exception {
    var waiting = Thread.ofVirtual().start(() -> queue.take(Duration.ofSeconds(2)));
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertEquals(0, metrics.get("earshot.attempts.out").gauge().value());
    waiting.join();
  }

  private KafkaAttemptQueue start() {
    return new KafkaAttemptQueue(
        TestBroker.cluster(), KafkaAttemptQueue.Config.of("test", LIMIT), metrics, group);
  }
}

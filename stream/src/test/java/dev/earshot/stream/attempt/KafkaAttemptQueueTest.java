package dev.earshot.stream.attempt;

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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class KafkaAttemptQueueTest extends AttemptQueueConformance {

  private final String group = "sender-" + workspace;
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

  private KafkaAttemptQueue start() {
    return new KafkaAttemptQueue(
        TestBroker.cluster(),
        KafkaAttemptQueue.Config.of("test", LIMIT),
        new SimpleMeterRegistry(),
        group);
  }
}

package dev.earshot.stream.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aBrokerThatHasNotHeardOfATopicIsAskedAgain() {
    var answers =
        List.of(failed(unheardOf()), failed(unheardOf()), KafkaFuture.completedFuture("events"));

    assertEquals("events", ask(answers, LONG));
    assertEquals(3, asked.get());
  }

  @Test
  void aTopicThatIsNotMadeInTimeIsTold() {
    var answers = List.of(failed(unheardOf()));

    var failure = assertThrows(StreamException.class, () -> ask(answers, Duration.ZERO));

    assertEquals(StreamException.Code.CLUSTER_UNREACHABLE, failure.code());
  }

  @Test
  void whatElseGoesWrongIsToldAtOnce() {
    var answers = List.of(failed(new ClusterAuthorizationException("not yours")));

    assertThrows(StreamException.class, () -> ask(answers, LONG));
    assertEquals(1, asked.get());
  }

  private String ask(List<KafkaFuture<String>> answers, Duration patience) {
    return Topics.awaitHeardOf(
        () -> answers.get(asked.getAndIncrement()), "describe the topics", patience);
  }

  private static Exception unheardOf() {
    return new UnknownTopicOrPartitionException("not here");
  }

  private static KafkaFuture<String> failed(Exception cause) {
    var future = new KafkaFutureImpl<String>();
    future.completeExceptionally(cause);
    return future;
  }
}

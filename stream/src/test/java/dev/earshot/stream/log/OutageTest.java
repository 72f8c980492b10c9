package dev.earshot.stream.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.Durability;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is gone: whoever wants to write hears so at once, even when nobody wrote before. */
@Tag("slow")
class OutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void anIdleProducerNoticesThatTheLogIsGone() {
    try (var data = DataDirectory.open(folder)) {
      var broker = EmbeddedBroker.start(data, Durability.OS, _ -> {});
      Topics.prepare(broker.cluster(), Topics.Config.DEFAULT, Map.of());
      try (var producer = new LogProducer(broker.cluster(), new SimpleMeterRegistry())) {
        send(producer).join();
        assertEquals(Optional.empty(), producer.trouble());
        broker.close();

        await().atMost(PATIENCE).until(() -> producer.trouble().isPresent());

        long start = System.nanoTime();
        var refused = send(producer);
        assertTrue(refused.isCompletedExceptionally());
        assertTrue(refused.exceptionNow() instanceof LogUnavailable);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 100);
      }
    }
  }

  /** Each record by itself would wait for a second to learn where it belongs. */
  @Test
  void anAppendFailsWithTheFirstOfItsRecords() {
    try (var data = DataDirectory.open(folder)) {
      var broker = EmbeddedBroker.start(data, Durability.OS, _ -> {});
      Topics.prepare(broker.cluster(), Topics.Config.DEFAULT, Map.of());
      try (var producer = new LogProducer(broker.cluster(), new SimpleMeterRegistry())) {
        broker.close();

        var refused = producer.send(Collections.nCopies(60, record()));

        await().atMost(PATIENCE).until(refused::isCompletedExceptionally);
        assertTrue(refused.exceptionNow() instanceof LogUnavailable);
      }
    }
  }

  private static CompletableFuture<Void> send(LogProducer producer) {
    return producer.send(List.of(record()));
  }

  private static ProducerRecord<byte[], byte[]> record() {
    var text = "{}".getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(Topic.EVENTS.word(), text, text);
  }
}

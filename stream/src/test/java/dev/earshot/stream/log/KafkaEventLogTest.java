package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.event.Event;
import dev.earshot.event.EventJson;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.TestBroker;
import dev.earshot.stream.TestTopics;
import dev.earshot.stream.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest extends EventLogConformance {

  private static LogProducer producer;
  private static KafkaEventLog log;

  @BeforeAll
  static void open() {
    producer = new LogProducer(TestBroker.cluster(), new SimpleMeterRegistry());
    log = new KafkaEventLog(producer, Room.ofCluster());
  }

  @AfterAll
  static void close() {
    producer.close();
  }

  @Override
  EventLog log() {
    return log;
  }

  @Override
  List<Event> events() {
    return TestTopics.records(Topic.EVENTS, workspace).stream()
        .map(record -> EventJson.read(record.value()))
        .toList();
  }

  @Override
  List<String> quarantinedIds() {
    return TestTopics.records(Topic.QUARANTINE, workspace).stream()
        .map(record ->
            new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aRecordBearsTheAttributesOfCloudEvents() {
    log.append(List.of(event("e1", "ada"))).join();

    Map<String, String> headers = new HashMap<>();
    TestTopics.records(Topic.EVENTS, workspace)
        .getFirst()
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    assertEquals(
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", "e1",
            "ce_source", "/" + workspace + "/key1",
            "ce_type", "Pricing Viewed",
            "content-type", "application/json"),
        headers);
  }

  @Test
  void theTraceOfARequestTravelsWithItsEvents() {
    var traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    log.append(List.of(event("e1", "ada")), Optional.of(traceparent)).join();

    var header =
        TestTopics.records(Topic.EVENTS, workspace).getFirst().headers().lastHeader("traceparent");
    assertEquals(traceparent, new String(header.value(), StandardCharsets.UTF_8));
  }

  @Test
  void whatComesWhileTheLogIsBusyComesNextAndInOrder() {
    var ids = IntStream.range(0, 200).mapToObj(number -> "e" + number).toList();

    var appends = ids.stream().map(id -> log.append(List.of(event(id, "ada")))).toList();
    appends.forEach(CompletableFuture::join);

    assertEquals(ids, events().stream().map(Event::id).toList());
  }
}

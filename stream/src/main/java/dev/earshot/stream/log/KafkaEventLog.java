package dev.earshot.stream.log;

import dev.earshot.event.Event;
import dev.earshot.event.EventJson;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.Quarantined;
import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The log of events on Kafka. */
public final class KafkaEventLog implements EventLog {

  private final LogProducer producer;
  private final Room room;

  public KafkaEventLog(LogProducer producer, Room room) {
    this.producer = producer;
    this.room = room;
  }

  @Override
  public CompletableFuture<Void> append(List<Event> events, Optional<String> traceparent) {
    var trace = traceparent.map(CloudHeaders::trace);
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>(events.size());
    for (var event : events) {
      var record = record(event);
      trace.ifPresent(record.headers()::add);
      records.add(record);
    }
    return room.require(() -> producer.send(records));
  }

  @Override
  public CompletableFuture<Void> quarantine(List<Quarantined> documents) {
    return room.require(
        () -> producer.send(documents.stream().map(KafkaEventLog::record).toList()));
  }

  private static ProducerRecord<byte[], byte[]> record(Event event) {
    return new ProducerRecord<>(
        Topic.EVENTS.word(),
        null,
        event.subject().key().getBytes(StandardCharsets.UTF_8),
        EventJson.write(event),
        CloudHeaders.of(event.id(), "/" + event.workspace() + "/" + event.source(), event.name()));
  }

  private static ProducerRecord<byte[], byte[]> record(Quarantined document) {
    return new ProducerRecord<>(
        Topic.QUARANTINE.word(),
        null,
        QuarantinedJson.key(document).getBytes(StandardCharsets.UTF_8),
        QuarantinedJson.write(document),
        CloudHeaders.of(
            document.id(),
            "/" + document.workspace() + "/" + document.source(),
            QuarantinedJson.KIND));
  }
}

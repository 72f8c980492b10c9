package dev.earshot.stream.log;

import dev.earshot.event.Event;
import dev.earshot.event.EventJson;
import dev.earshot.event.JsonWriter;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.Quarantined;
import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** The log of events on Kafka. */
public final class KafkaEventLog implements EventLog {

  private static final int EVENT_BYTES_USUAL = 1024;

  private final LogProducer producer;
  private final Room room;

  public KafkaEventLog(LogProducer producer, Room room) {
    this.producer = producer;
    this.room = room;
  }

  @Override
  public CompletableFuture<Void> append(List<Event> events, Optional<String> traceparent) {
    var writing = new Writing(traceparent);
    var records = events.stream().map(writing::record).toList();
    return room.require(() -> producer.send(records));
  }

  @Override
  public CompletableFuture<Void> quarantine(List<Quarantined> documents) {
    return room.require(
        () -> producer.send(documents.stream().map(KafkaEventLog::record).toList()));
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

  /** Makes the records of one request, which have their source and their trace in common. */
  private static final class Writing {
    private final JsonWriter writer = new JsonWriter(EVENT_BYTES_USUAL);
    private final Optional<Header> trace;
    private String workspace = "";
    private String key = "";
    private Header source = CloudHeaders.source("");

    Writing(Optional<String> traceparent) {
      trace = traceparent.map(CloudHeaders::trace);
    }

    ProducerRecord<byte[], byte[]> record(Event event) {
      EventJson.write(event, writer);
      var record =
          new ProducerRecord<>(
              Topic.EVENTS.word(),
              null,
              event.subject().key().getBytes(StandardCharsets.UTF_8),
              writer.take(),
              CloudHeaders.list(event.id(), source(event), event.name()));
      trace.ifPresent(record.headers()::add);
      return record;
    }

    private Header source(Event event) {
      if (!event.workspace().equals(workspace) || !event.source().equals(key)) {
        workspace = event.workspace();
        key = event.source();
        source = CloudHeaders.source("/" + workspace + "/" + key);
      }
      return source;
    }
  }
}

package dev.earshot.stream.log;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryInputJson;
import dev.earshot.event.Subject;
import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what an operator orders about deliveries: among their outcomes, where they hear it. */
public final class DeliveryOrders {

  private final LogProducer producer;
  private final Room room;

  public DeliveryOrders(LogProducer producer, Room room) {
    this.producer = producer;
    this.room = room;
  }

  /** Done when the log has the order; the delivery acts on it thereafter. */
  public CompletableFuture<Void> order(Subject subject, DeliveryInput order) {
    return room.require(() -> producer.send(List.of(record(subject, order))));
  }

  private static ProducerRecord<byte[], byte[]> record(Subject subject, DeliveryInput order) {
    return new ProducerRecord<>(
        Topic.OUTCOMES.word(),
        null,
        subject.key().getBytes(StandardCharsets.UTF_8),
        DeliveryInputJson.write(order),
        CloudHeaders.of(
            order.deliveryId(),
            "/" + subject.workspace() + "/earshot",
            DeliveryInputJson.kind(order)));
  }
}

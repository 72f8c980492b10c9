package dev.earshot.stream.host;

import dev.earshot.engine.delivery.DeliveryInputJson;
import org.apache.kafka.streams.processor.api.Record;

/** Reads the topic of outcomes: what deliveries hear. */
final class OutcomesIntake extends Intake {

  static final String NAME = "outcomes-intake";

  @Override
  void take(Record<byte[], byte[]> record) {
    read(record, DeliveryInputJson::read)
        .ifPresent(input ->
            pass(
                record,
                input.deliveryId(),
                new Signal.Heard<>(input, record.value()),
                DeliveryHosting.NAME));
  }
}

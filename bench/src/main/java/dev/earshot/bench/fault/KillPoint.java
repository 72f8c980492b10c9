package dev.earshot.bench.fault;

import static dev.earshot.bench.fault.Planting.Moment.ENTERED;
import static dev.earshot.bench.fault.Planting.Moment.LEFT;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A place on the way of an event at which the process may end. */
public enum KillPoint {
  BEFORE_APPEND("dev.earshot.stream.log.KafkaEventLog", "append", ENTERED),
  /** The log has the event, and its sender does not know. */
  BEFORE_ANSWER("dev.earshot.stream.log.LogProducer$Append", "onCompletion", ENTERED),
  /** A machine has decided, and nothing of it is committed. */
  AFTER_STEP("dev.earshot.stream.host.MachineProcessor", "take", LEFT),
  BEFORE_COMMIT(
      "org.apache.kafka.streams.processor.internals.StreamsProducer", "commitTransaction", ENTERED),
  AFTER_COMMIT(
      "org.apache.kafka.streams.processor.internals.StreamsProducer", "commitTransaction", LEFT),
  BEFORE_SEND("dev.earshot.channel.webhook.WebhookClient", "post", ENTERED),
  /** The destination has the message, and nobody has written that down. */
  AFTER_SEND("dev.earshot.channel.webhook.WebhookClient", "post", LEFT),
  BEFORE_OUTCOME("dev.earshot.stream.attempt.OutcomeWriter", "write", ENTERED),
  AFTER_OUTCOME("dev.earshot.stream.attempt.OutcomeWriter", "write", LEFT);

  private final String type;
  private final String method;
  private final Planting.Moment moment;

  KillPoint(String type, String method, Planting.Moment moment) {
    this.type = type;
    this.method = method;
    this.moment = moment;
  }

  /** As people name it: {@code before-append}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<KillPoint> of(String word) {
    return Arrays.stream(values()).filter(point -> point.word().equals(word)).findFirst();
  }

  /** What lets a server halt there. */
  public Planting planting() {
    return Planting.call(type, method, moment, Halt.class, "pass");
  }
}

package dev.earshot.stream.log;

import dev.earshot.event.Subject;
import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps mails in the log, where {@link KafkaLogReader} finds them under {@link Topic#MAILBOX}. */
public final class MailboxLog {

  private static final String KIND = "mail";

  private final LogProducer producer;

  public MailboxLog(LogProducer producer) {
    this.producer = producer;
  }

  /**
   * Keeps one mail. Done and failed as in {@link dev.earshot.stream.EventLog}.
   *
   * @param json the mail as a JSON document
   */
  public CompletableFuture<Void> keep(Subject subject, String id, byte[] json) {
    return producer.send(
        List.of(
            new ProducerRecord<>(
                Topic.MAILBOX.word(),
                null,
                subject.key().getBytes(StandardCharsets.UTF_8),
                json,
                CloudHeaders.of(id, "/" + subject.workspace() + "/earshot", KIND))));
  }
}

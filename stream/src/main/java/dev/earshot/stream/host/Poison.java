package dev.earshot.stream.host;

import dev.earshot.event.Properties;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.stream.Quarantined;
import dev.earshot.stream.Topic;
import dev.earshot.stream.log.QuarantinedJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A record that cannot be processed: set aside whole, so that it holds up nobody else. */
final class Poison {

  /** It is not in a form that we write. */
  static final String UNREADABLE = "record_unreadable";

  /** The step it causes fails: a bug of ours. */
  static final String STEP_FAILED = "step_failed";

  private static final int REASON_LENGTH_MAX = 500;

  private Poison() {}

  static Hosting.Route.ToLog quarantine(
      RecordMetadata where, String key, byte[] raw, long atMillis, String code, Throwable cause) {
    var id = where.topic() + "-" + where.partition() + "-" + where.offset();
    int bar = key.indexOf('|');
    var workspace = bar > 0 ? key.substring(0, bar) : "unknown";
    var quarantined =
        new Quarantined(
            id,
            workspace,
            "host",
            code,
            reason(cause),
            Properties.of(document(where, key, raw)),
            Instant.ofEpochMilli(atMillis));
    return new Hosting.Route.ToLog(
        QuarantinedJson.key(quarantined),
        new Outgoing(
            Topic.QUARANTINE,
            id,
            workspace,
            QuarantinedJson.KIND,
            QuarantinedJson.write(quarantined)));
  }

  private static Fields document(RecordMetadata where, String key, byte[] raw) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("topic", Value.of(where.topic()));
    fields.put("partition", Value.of(where.partition()));
    fields.put("offset", Value.of(where.offset()));
    fields.put("key", Value.of(key));
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
      fields.put("body", Value.of(text));
    } catch (CharacterCodingException e) {
      fields.put("base64", Value.of(Base64.getEncoder().encodeToString(raw)));
    }
    return new Fields(fields);
  }

  private static String reason(Throwable cause) {
    var reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return reason.length() > REASON_LENGTH_MAX ? reason.substring(0, REASON_LENGTH_MAX) : reason;
  }
}

package dev.earshot.stream.host;

import dev.earshot.stream.host.Hosting.Route;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the records of a topic for the machines; what it cannot read it sets aside. */
abstract class Intake extends ContextualProcessor<byte[], byte[], String, Passed> {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** Reads and forwards one record; throws whatever its reader throws at a malformed one. */
  abstract void take(Record<byte[], byte[]> record);

  @Override
  public final void process(Record<byte[], byte[]> record) {
    if (record.value() == null || record.key() == null) {
      setAside(record, new IllegalArgumentException("a record has a key and a value"));
      return;
    }
    take(record);
  }

  /** Runs what reads a record, and sets the record aside when it cannot. */
  final <T> Optional<T> read(Record<byte[], byte[]> record, Function<byte[], T> reader) {
    try {
      return Optional.of(reader.apply(record.value()));
    } catch (RuntimeException e) {
      setAside(record, e);
      return Optional.empty();
    }
  }

  final void pass(Record<byte[], byte[]> record, String key, Signal<?> signal, String machine) {
    context().forward(new Record<>(key, signal, record.timestamp(), record.headers()), machine);
  }

  private void setAside(Record<byte[], byte[]> record, RuntimeException cause) {
    var where = context().recordMetadata().orElseThrow();
    Mention.of(
        record.headers(),
        () ->
            LOG.warn(
                "Set aside the unreadable record {}-{}/{}: {}",
                where.topic(),
                where.partition(),
                where.offset(),
                cause.getClass().getSimpleName()));
    Route.ToLog route =
        Poison.quarantine(
            where,
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
            record.value() == null ? new byte[0] : record.value(),
            record.timestamp(),
            Poison.UNREADABLE,
            cause);
    context().forward(LogSink.record(route, record.headers(), record.timestamp()), LogSink.NAME);
  }
}

package dev.earshot.stream.host;

import dev.earshot.stream.log.CloudHeaders;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.Record;

/** The way of an {@link Outgoing} out of the host: its topic, its partition, its bytes. */
final class LogSink {

  static final String NAME = "log";

  static final TopicNameExtractor<String, Passed> TOPIC =
      (_, passed, _) -> outgoing(passed).topic().word();

  static final Serializer<Passed> BYTES = (_, passed) -> outgoing(passed).value();

  static final StreamPartitioner<String, Passed> PARTITION =
      (_, _, passed, _) -> {
        var partition = outgoing(passed).partition();
        return partition == null ? Optional.empty() : Optional.of(Set.of(partition));
      };

  private LogSink() {}

  /** The record to forward, with the attributes of CloudEvents and the trace of what caused it. */
  static Record<String, Passed> record(Hosting.Route.ToLog route, Headers cause, long atMillis) {
    var outgoing = route.record();
    var headers =
        CloudHeaders.of(outgoing.id(), "/" + outgoing.workspace() + "/earshot", outgoing.type());
    var trace = cause.lastHeader(CloudHeaders.TRACE);
    if (trace != null) {
      headers.add(trace);
    }
    return new Record<>(route.key(), outgoing, Math.max(0, atMillis), headers);
  }

  private static Outgoing outgoing(Passed passed) {
    if (passed instanceof Outgoing outgoing) {
      return outgoing;
    }
    throw new IllegalStateException("only what is outgoing goes to the log: " + passed);
  }
}

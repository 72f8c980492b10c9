package dev.earshot.stream.host;

import dev.earshot.stream.log.CloudHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.slf4j.MDC;

/** A line in the log that people read, about a record: it bears the ids of its event and trace. */
final class Mention {

  private static final int TRACE_ID_BEGIN = 3;
  private static final int TRACE_ID_END = 35;

  private Mention() {}

  static void of(Headers headers, Runnable line) {
    text(headers, CloudHeaders.ID).ifPresent(id -> MDC.put("event", id));
    text(headers, CloudHeaders.TRACE)
        .filter(trace -> trace.length() >= TRACE_ID_END)
        .ifPresent(trace -> MDC.put("trace", trace.substring(TRACE_ID_BEGIN, TRACE_ID_END)));
    try {
      line.run();
    } finally {
      MDC.remove("event");
      MDC.remove("trace");
    }
  }

  private static Optional<String> text(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }
}

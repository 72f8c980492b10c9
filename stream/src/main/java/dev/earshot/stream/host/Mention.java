package dev.earshot.stream.host;

import dev.earshot.stream.log.CloudHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.slf4j.MDC;

/** A line in the log that people read, about a record: it bears the ids of its event and trace. */
final class Mention {

  private static final int TRACE_ID_BEGIN = 3;
  private static final int TRACE_ID_END = 35;

  private Mention() {}

  static void of(Headers headers, Runnable line) {
    var trace = text(headers, CloudHeaders.TRACE);
    try (var _ = MDC.putCloseable("event", text(headers, CloudHeaders.ID));
        var _ = MDC.putCloseable("trace", traceId(trace))) {
      line.run();
    }
  }

  private static String traceId(String traceparent) {
    return traceparent.length() < TRACE_ID_END
        ? ""
        : traceparent.substring(TRACE_ID_BEGIN, TRACE_ID_END);
  }

  private static String text(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}

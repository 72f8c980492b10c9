package dev.earshot.stream.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The CloudEvents attributes every record bears as headers, in the binary mode of its Kafka
 * binding.
 */
public final class CloudHeaders {

  /** The header of W3C Trace Context, on records that belong to a trace. */
  public static final String TRACE = "traceparent";

  public static final String ID = "ce_id";

  private static final Header VERSION = header("ce_specversion", "1.0");
  private static final Header JSON = header("content-type", "application/json");

  private CloudHeaders() {}

  /**
   * @param source who says so: the workspace, and the write key or the part of Earshot
   * @param type what the record is about: the event's name, the fact's, the kind of the others
   */
  public static RecordHeaders of(String id, String source, String type) {
    return new RecordHeaders(list(id, source(source), type));
  }

  /** The same with a source that many records have in common. */
  static List<Header> list(String id, Header source, String type) {
    return List.of(VERSION, header(ID, id), source, header("ce_type", type), JSON);
  }

  static Header source(String source) {
    return header("ce_source", source);
  }

  /** The header, beside these, of a record that belongs to a trace. */
  static Header trace(String traceparent) {
    return header(TRACE, traceparent);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.earshot.stream.log;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The CloudEvents attributes every record bears as headers, in the binary mode of its Kafka
 * binding.
 */
public final class CloudHeaders {

  private static final Header VERSION = header("ce_specversion", "1.0");
  private static final Header JSON = header("content-type", "application/json");

  private CloudHeaders() {}

  /**
   * @param source who says so: the workspace, and the write key or the part of Earshot
   * @param type what the record is about: the event's name, the fact's, the kind of the others
   */
  public static RecordHeaders of(String id, String source, String type) {
    return new RecordHeaders(
        new Header[] {
          VERSION, header("ce_id", id), header("ce_source", source), header("ce_type", type), JSON
        });
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

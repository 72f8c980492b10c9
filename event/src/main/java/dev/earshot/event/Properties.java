package dev.earshot.event;

import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it was sent: kept as its bytes, and read only when a rule looks inside. Two are
 * equal when their bytes are.
 */
public final class Properties {

  public static final Properties EMPTY = new Properties("{}".getBytes(StandardCharsets.UTF_8));

  private final byte[] json;
  private volatile @Nullable Fields fields;

  private Properties(byte[] json) {
    this.json = json;
  }

  /**
   * @param json a whole JSON object, already known to be well-formed; not copied, and not to be
   *     changed afterwards
   */
  public static Properties of(byte[] json) {
    return new Properties(json);
  }

  public static Properties of(Fields fields) {
    var properties = new Properties(Json.bytes(fields));
    properties.fields = fields;
    return properties;
  }

  /** The bytes themselves, not to be changed. */
  public byte[] json() {
    return json;
  }

  public Fields fields() {
    var read = fields;
    if (read == null) {
      read = read();
      fields = read;
    }
    return read;
  }

  public Value at(String path) {
    return fields().at(path);
  }

  public boolean isEmpty() {
    return json.length == 2;
  }

  private Fields read() {
    try (var parser = Json.parser(json)) {
      parser.nextToken();
      return Json.value(parser) instanceof Fields object ? object : Fields.EMPTY;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Properties that && Arrays.equals(json, that.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}

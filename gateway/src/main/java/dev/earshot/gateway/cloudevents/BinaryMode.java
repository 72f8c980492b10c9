package dev.earshot.gateway.cloudevents;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.gateway.admission.WellFormed;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Binary mode: the attributes are headers, the data is the body. Read into the JSON format. */
final class BinaryMode {

  private static final String PREFIX = "ce-";

  private BinaryMode() {}

  static Fields fields(MultiMap headers, String contentType, byte[] body) {
    Map<String, Value> event = new LinkedHashMap<>();
    for (var header : headers) {
      var name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        put(event, name.substring(PREFIX.length()), header.getValue());
      }
    }
    if (event.isEmpty()) {
      throw new Json.Malformed("neither the content type nor any ce- header says CloudEvents");
    }
    if (!contentType.isEmpty()) {
      event.put("datacontenttype", Value.of(contentType));
    }
    if (body.length > 0) {
      data(event, contentType, body);
    }
    return new Fields(event);
  }

  private static void put(Map<String, Value> event, String name, String value) {
    if (name.equals("data") || name.equals("datacontenttype")) {
      throw new Json.Malformed("there is no header ce-" + name);
    }
    if (event.put(name, Value.of(decoded(value))) != null) {
      throw new Json.Malformed("the header ce-" + name + " stands twice");
    }
  }

  private static void data(Map<String, Value> event, String contentType, byte[] body) {
    var type = contentType.split(";", 2)[0].strip();
    if (type.endsWith("/json") || type.endsWith("+json")) {
      WellFormed.require(body);
      event.put("data", Json.parse(body));
    } else {
      try {
        event.put("data", Value.of(utf8(body)));
      } catch (CharacterCodingException e) {
        event.put("data_base64", Value.of(Base64.getEncoder().encodeToString(body)));
      }
    }
  }

  /** Undoes the double quotes with their backslashes, then one round of percent-encoding. */
  private static String decoded(String header) {
    var text = header;
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return utf8(percentDecoded(text));
    } catch (CharacterCodingException e) {
      throw new Json.Malformed("a ce- header is not UTF-8");
    }
  }

  /** Senders that encode nothing send a percent sign as itself. */
  private static byte[] percentDecoded(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    int at = 0;
    while (at < text.length()) {
      int encoded = text.charAt(at) == '%' ? hex(text, at + 1) : -1;
      if (encoded < 0) {
        var plain = Character.toString(text.charAt(at)).getBytes(StandardCharsets.UTF_8);
        bytes.write(plain, 0, plain.length);
        at++;
      } else {
        bytes.write(encoded);
        at += 3;
      }
    }
    return bytes.toByteArray();
  }

  /** The byte that two hex digits stand for; negative when they are none. */
  private static int hex(String text, int from) {
    if (from + 1 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(from), 16);
    int low = Character.digit(text.charAt(from + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}

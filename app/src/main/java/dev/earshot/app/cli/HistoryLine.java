package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One line of a file of messages, as it stands there. */
final class HistoryLine {

  private static final int ID_BYTES = 16;

  private final long number;
  private final byte[] bytes;

  /**
   * @param number counted from 1
   */
  HistoryLine(long number, byte[] bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  long number() {
    return number;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isBlank() {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /**
   * The message, with an id: a message without one gets one made of its place and its text, so that
   * sending it again is no second event. Throws {@link Json.Malformed} when the line is no JSON
   * object.
   */
  byte[] message() {
    return hasId() ? bytes : withId();
  }

  private boolean hasId() {
    try (var parser = Json.strictParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Json.Malformed("a message is a JSON object");
      }
      boolean found = false;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean isId = parser.currentName().equals("messageId");
        var value = parser.nextToken();
        found |= isId && value == JsonToken.VALUE_STRING && !parser.getString().isEmpty();
        skip(parser);
      }
      if (parser.nextToken() != null) {
        throw new Json.Malformed("there is more after the end of the message");
      }
      return found;
    } catch (JacksonException e) {
      throw new Json.Malformed(Json.reason(e));
    }
  }

  /** To the end of the value the parser stands on. */
  private static void skip(JsonParser parser) {
    int open = 0;
    for (var token = parser.currentToken(); ; token = parser.nextToken()) {
      open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (open == MessageBatch.DEPTH_MAX) {
        throw new Json.Malformed(
            "objects and arrays of a message stand at most " + MessageBatch.DEPTH_MAX + " deep");
      }
      if (open == 0) {
        return;
      }
    }
  }

  private byte[] withId() {
    int open = 0;
    while (bytes[open] != '{') {
      open++;
    }
    var message = new ByteArrayOutputStream(bytes.length + 64);
    message.writeBytes(
        ("{\"messageId\":\"import-" + hash() + "\"").getBytes(StandardCharsets.US_ASCII));
    if (!isEmptyObject(open + 1)) {
      message.write(',');
    }
    message.write(bytes, open + 1, bytes.length - open - 1);
    return message.toByteArray();
  }

  private boolean isEmptyObject(int from) {
    int at = from;
    while (bytes[at] == ' ' || bytes[at] == '\t') {
      at++;
    }
    return bytes[at] == '}';
  }

  private String hash() {
    var digest = Sha256.of((number + ":").getBytes(StandardCharsets.US_ASCII), bytes);
    return HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }
}

package dev.earshot.app.cli;

import dev.earshot.event.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Messages that go to the server in one request, within its limits. */
public final class MessageBatch {

  static final int MESSAGES_MAX = 2000;

  /** Below the 500 KB of the server, with room for the envelope. */
  private static final int BYTES_MAX = 450 * 1024;

  /** How deep a message may be: the batch is an object around an array around it. */
  static final int DEPTH_MAX = Json.DEPTH_MAX - 2;

  private static final byte[] START = "{\"batch\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream json = new ByteArrayOutputStream(8 * 1024);
  private int count;

  public MessageBatch() {
    json.writeBytes(START);
  }

  public void add(byte[] message) {
    if (count++ > 0) {
      json.write(',');
    }
    json.writeBytes(message);
  }

  /** Whether a message of so many bytes may join the others; the first always may. */
  public boolean hasRoom(int bytes) {
    return count == 0 || (count < MESSAGES_MAX && json.size() + bytes < BYTES_MAX);
  }

  public int count() {
    return count;
  }

  /** The body of the request. */
  public byte[] body() {
    var body = new ByteArrayOutputStream(json.size() + END.length);
    body.writeBytes(json.toByteArray());
    body.writeBytes(END);
    return body.toByteArray();
  }
}

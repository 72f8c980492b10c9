package dev.earshot.app.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Some lines that go to the server in one request, in the order of the file. */
final class HistoryBatch {

  static final int LINES_MAX = 2000;

  /** Below the 500 KB of the server, with room for the envelope. */
  static final int BYTES_MAX = 450 * 1024;

  private static final byte[] START = "{\"batch\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final List<HistoryLine> lines = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private int size = START.length + END.length;

  void add(HistoryLine line, byte[] message) {
    lines.add(line);
    messages.add(message);
    size += message.length + 1;
  }

  boolean hasRoom(int bytes) {
    return lines.isEmpty() || (lines.size() < LINES_MAX && size + bytes < BYTES_MAX);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<HistoryLine> lines() {
    return List.copyOf(lines);
  }

  byte[] body() {
    var body = new ByteArrayOutputStream(size);
    body.writeBytes(START);
    for (int at = 0; at < messages.size(); at++) {
      if (at > 0) {
        body.write(',');
      }
      body.writeBytes(messages.get(at));
    }
    body.writeBytes(END);
    return body.toByteArray();
  }

  /** The lines from one to another, as a batch of their own. */
  HistoryBatch part(int from, int to) {
    var part = new HistoryBatch();
    for (int at = from; at < to; at++) {
      part.add(lines.get(at), messages.get(at));
    }
    return part;
  }
}

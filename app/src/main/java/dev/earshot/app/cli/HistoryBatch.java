package dev.earshot.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines that go to the server in one request, in the order of the file. */
final class HistoryBatch {

  private final List<HistoryLine> lines = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private final MessageBatch batch = new MessageBatch();

  void add(HistoryLine line, byte[] message) {
    lines.add(line);
    messages.add(message);
    batch.add(message);
  }

  boolean hasRoom(int bytes) {
    return batch.hasRoom(bytes);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<HistoryLine> lines() {
    return List.copyOf(lines);
  }

  byte[] body() {
    return batch.body();
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

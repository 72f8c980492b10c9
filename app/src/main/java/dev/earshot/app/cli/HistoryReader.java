package dev.earshot.app.cli;

import dev.earshot.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a file in parts of the size of a request, and finds the lines that are no messages. */
final class HistoryReader {

  private static final int UNUSABLE_MAX = 1000;

  private final HistoryFile file;
  private @Nullable HistoryLine heldBack;
  private long endBytes;
  private long endLine;

  HistoryReader(HistoryFile file) {
    this.file = file;
    endBytes = file.offset();
    endLine = file.number();
  }

  /**
   * Some lines that follow one another.
   *
   * @param endBytes where in the file they end
   * @param endLine the number of the last of them
   */
  record Part(HistoryBatch batch, List<Unusable> unusable, long endBytes, long endLine) {
    Part {
      unusable = List.copyOf(unusable);
    }
  }

  /** A line that is no message, so that it need not be sent to be refused. */
  record Unusable(HistoryLine line, String reason) {}

  /** The next part; empty at the end of the file. */
  Optional<Part> next() {
    var batch = new HistoryBatch();
    List<Unusable> unusable = new ArrayList<>();
    long start = endBytes;
    for (var line = take(); line.isPresent() && unusable.size() < UNUSABLE_MAX; line = take()) {
      if (!add(line.get(), batch, unusable)) {
        heldBack = line.get();
        return Optional.of(new Part(batch, unusable, endBytes, endLine));
      }
      endBytes = file.offset();
      endLine = line.get().number();
    }
    return endBytes == start
        ? Optional.empty()
        : Optional.of(new Part(batch, unusable, endBytes, endLine));
  }

  private Optional<HistoryLine> take() {
    var held = heldBack;
    heldBack = null;
    return held == null ? file.next() : Optional.of(held);
  }

  private static boolean add(HistoryLine line, HistoryBatch batch, List<Unusable> unusable) {
    if (line.isBlank()) {
      return true;
    }
    try {
      var message = line.message();
      if (!batch.hasRoom(message.length)) {
        return false;
      }
      batch.add(line, message);
    } catch (Json.Malformed e) {
      unusable.add(new Unusable(line, "Not a message: " + e.getMessage()));
    }
    return true;
  }
}

package dev.earshot.bench.proof;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What the client was told of each event, one line each, on the disk before anything is concluded
 * from it. A later line about the same event counts.
 */
final class Ledger {

  private static final int BAD_REQUEST = 400;
  private static final Line END = new Line(-1, new Entry(Fate.UNKNOWN, 0, 0));

  /** What a client may believe of an event that it sent. */
  enum Fate {
    /** Accepted: it must be there. */
    ACKNOWLEDGED,
    /** Called bad: to send it again helps nobody. */
    DECLINED,
    /** Refused for now, or never received: it must be sent again. */
    REFUSED,
    /** No answer came: it may be there or not. */
    UNKNOWN;

    static Fate of(Answer answer) {
      return switch (answer) {
        case Answer.Status(var code) when code == BAD_REQUEST -> DECLINED;
        case Answer.Status _ -> answer.accepted() ? ACKNOWLEDGED : REFUSED;
        case Answer.Unreachable _ -> REFUSED;
        case Answer.Unknown _ -> UNKNOWN;
      };
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a good client leaves it at that. */
    boolean isFinal() {
      return this == ACKNOWLEDGED || this == DECLINED;
    }
  }

  /**
   * What became of one event, by {@link System#nanoTime}.
   *
   * @param dueNanos when it was to be sent for the first time
   * @param answeredNanos when its latest answer was heard
   */
  record Entry(Fate fate, long dueNanos, long answeredNanos) {

    /** When the same was sent again. */
    Entry then(Entry later) {
      return new Entry(later.fate, dueNanos, later.answeredNanos);
    }
  }

  private record Line(long number, Entry entry) {}

  private final FileChannel file;
  private final LinkedBlockingQueue<Line> queue = new LinkedBlockingQueue<>();
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final Thread writer;

  private Ledger(FileChannel file) {
    this.file = file;
    writer = Thread.ofPlatform().name("ledger").start(this::write);
  }

  static Ledger create(Path path) {
    try {
      return new Ledger(
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new BenchFailure("The ledger " + path + " cannot be made.", e);
    }
  }

  void note(long number, long dueNanos, Answer answer) {
    queue.add(new Line(number, new Entry(Fate.of(answer), dueNanos, System.nanoTime())));
  }

  /** Ends it: returns what was noted when all of it is on the disk. */
  Map<Long, Entry> seal() throws InterruptedException {
    queue.add(END);
    writer.join();
    return new TreeMap<>(entries);
  }

  private void write() {
    try (file) {
      for (boolean open = true; open; ) {
        List<Line> lines = new ArrayList<>();
        lines.add(queue.take());
        queue.drainTo(lines);
        open = !lines.remove(END);
        write(lines);
      }
    } catch (IOException e) {
      throw new BenchFailure("The ledger cannot be written.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Line> lines) throws IOException {
    var text = new StringBuilder();
    for (var line : lines) {
      entries.merge(line.number(), line.entry(), Entry::then);
      text.append(line.number()).append(' ').append(line.entry().fate()).append('\n');
    }
    var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }
}

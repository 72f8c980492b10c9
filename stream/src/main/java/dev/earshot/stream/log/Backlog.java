package dev.earshot.stream.log;

import dev.earshot.stream.EventLog.LogUnavailable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What was handed to the log and not answered yet. It refuses more when there is too much of it or
 * when the log has been silent for too long, so that callers hear at once instead of waiting.
 */
final class Backlog {

  private final long bytesMax;
  private final long silenceNanosMax;
  private final LongSupplier nanoTime;
  private final AtomicLong bytes = new AtomicLong();
  private volatile long lastAnswer;

  Backlog(long bytesMax, long silenceNanosMax, LongSupplier nanoTime) {
    this.bytesMax = bytesMax;
    this.silenceNanosMax = silenceNanosMax;
    this.nanoTime = nanoTime;
    lastAnswer = nanoTime.getAsLong();
  }

  void add(long more) {
    long before = bytes.get();
    if (before > bytesMax) {
      throw new LogUnavailable(
          "The log is not keeping up: " + before + " bytes wait to be written.");
    }
    long now = nanoTime.getAsLong();
    if (before > 0 && now - lastAnswer > silenceNanosMax) {
      throw new LogUnavailable("The log does not answer.");
    }
    if (bytes.getAndAdd(more) == 0) {
      lastAnswer = now;
    }
  }

  void remove(long less) {
    bytes.addAndGet(-less);
    lastAnswer = nanoTime.getAsLong();
  }

  long bytes() {
    return bytes.get();
  }
}

package dev.earshot.stream.log;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What was handed to the log and not answered yet. It is in trouble when there is too much of it or
 * when the log has been silent for too long, so that callers can hear at once instead of waiting.
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

  /** Why no more should be added now; empty when there is no reason. */
  Optional<String> trouble() {
    long waiting = bytes.get();
    if (waiting > bytesMax) {
      return Optional.of("The log is not keeping up: " + waiting + " bytes wait to be written.");
    }
    return waiting > 0 && silent() ? Optional.of("The log does not answer.") : Optional.empty();
  }

  /** Whether nothing was heard of the log for too long, be it that it was asked for nothing. */
  boolean silent() {
    return nanoTime.getAsLong() - lastAnswer > silenceNanosMax;
  }

  void add(long more) {
    if (bytes.getAndAdd(more) == 0) {
      lastAnswer = nanoTime.getAsLong();
    }
  }

  /** What the log has taken, which is an answer. */
  void taken(long less) {
    bytes.addAndGet(-less);
    lastAnswer = nanoTime.getAsLong();
  }

  /** What the log has not taken; nobody waits for it any more. */
  void lost(long less) {
    bytes.addAndGet(-less);
  }

  long bytes() {
    return bytes.get();
  }
}

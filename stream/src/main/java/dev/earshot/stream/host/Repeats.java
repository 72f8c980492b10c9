package dev.earshot.stream.host;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Recognises inputs that were heard before, exactly within a window. What was heard is kept in
 * buckets as long as the window, so that old ones are dropped whole; a look-up is two point reads,
 * and a third after the clock was set back. Most new inputs need none: a filter in memory knows
 * that they are new, once it has learned what the store has.
 */
final class Repeats {

  private final WindowStore<String, Long> heardAt;
  private final long windowMillis;
  private final LongSupplier newestMillis;
  private final HeardFilter filter;
  private @Nullable KeyValueIterator<Windowed<String>, Long> unlearned;

  /**
   * @param newestMillis the latest time of anything that was heard so far; not always the last, as
   *     clocks are set back
   */
  private Repeats(
      WindowStore<String, Long> heardAt,
      Duration window,
      LongSupplier newestMillis,
      HeardFilter filter) {
    this.heardAt = heardAt;
    windowMillis = window.toMillis();
    this.newestMillis = newestMillis;
    this.filter = filter;
    unlearned = heardAt.all();
  }

  private void close() {
    if (unlearned != null) {
      unlearned.close();
      unlearned = null;
    }
  }

  /** Those of all tasks in this process; the processors of one task share theirs. */
  static final class All {
    private static final long MEMORY_BYTES = 32L * 1024 * 1024;

    private final Duration window;
    private final Shares memory = new Shares(MEMORY_BYTES);
    private final Map<TaskId, Repeats> repeats = new ConcurrentHashMap<>();

    All(Duration window) {
      this.window = window;
    }

    /** For the first processor of a task, whose store is open now. */
    Repeats fresh(ProcessorContext<?, ?> context) {
      var fresh =
          new Repeats(
              context.getStateStore(HostStores.REPEATS),
              window,
              context::currentStreamTimeMs,
              new HeardFilter(memory));
      ended(context.taskId());
      repeats.put(context.taskId(), fresh);
      memory.taken();
      return fresh;
    }

    Repeats of(TaskId task) {
      return Objects.requireNonNull(repeats.get(task), "the first processor makes them");
    }

    /** The task ends here, and with it what its filter holds. */
    void ended(TaskId task) {
      var ended = repeats.remove(task);
      if (ended != null) {
        ended.close();
        memory.returned();
      }
    }
  }

  /** Whether the key was heard within the window before {@code atMillis}; if not, it is now. */
  boolean heardBefore(String key, long atMillis) {
    long bucket = Math.floorDiv(atMillis, windowMillis) * windowMillis;
    if (mayHaveHeard(key) && heardBefore(key, bucket, atMillis)) {
      return true;
    }
    filter.add(key);
    heardAt.put(key, atMillis, bucket);
    return false;
  }

  private boolean mayHaveHeard(String key) {
    return unlearned != null || filter.mayHave(key);
  }

  private boolean heardBefore(String key, long bucket, long atMillis) {
    return within(heardAt.fetch(key, bucket), atMillis)
        || within(heardAt.fetch(key, bucket - windowMillis), atMillis)
        || (newestMillis.getAsLong() >= bucket + windowMillis
            && within(heardAt.fetch(key, bucket + windowMillis), atMillis));
  }

  private boolean within(@Nullable Long first, long atMillis) {
    return first != null && atMillis - first < windowMillis;
  }

  /**
   * Tells the filter of so many more keys that the store had when this task began; returns whether
   * there are still others.
   */
  boolean learn(int most) {
    if (unlearned == null) {
      return false;
    }
    for (int learned = 0; learned < most && unlearned.hasNext(); learned++) {
      filter.add(unlearned.next().key.key());
    }
    if (unlearned.hasNext()) {
      return true;
    }
    close();
    return false;
  }
}

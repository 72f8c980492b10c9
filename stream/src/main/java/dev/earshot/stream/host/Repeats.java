package dev.earshot.stream.host;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Recognises inputs that were heard before, exactly within a window. What was heard is kept in
 * buckets as long as the window, so that old ones are dropped whole; a look-up is two point reads,
 * and a third after the clock was set back.
 */
final class Repeats {

  private final WindowStore<String, Long> heardAt;
  private final long windowMillis;
  private final LongSupplier newestMillis;

  /**
   * @param newestMillis the latest time of anything that was heard so far; not always the last, as
   *     clocks are set back
   */
  Repeats(WindowStore<String, Long> heardAt, Duration window, LongSupplier newestMillis) {
    this.heardAt = heardAt;
    windowMillis = window.toMillis();
    this.newestMillis = newestMillis;
  }

  /** Whether the key was heard within the window before {@code atMillis}; if not, it is now. */
  boolean heardBefore(String key, long atMillis) {
    long bucket = Math.floorDiv(atMillis, windowMillis) * windowMillis;
    if (within(heardAt.fetch(key, bucket), atMillis)
        || within(heardAt.fetch(key, bucket - windowMillis), atMillis)
        || (newestMillis.getAsLong() >= bucket + windowMillis
            && within(heardAt.fetch(key, bucket + windowMillis), atMillis))) {
      return true;
    }
    heardAt.put(key, atMillis, bucket);
    return false;
  }

  private boolean within(@Nullable Long first, long atMillis) {
    return first != null && atMillis - first < windowMillis;
  }
}

package dev.earshot.stream.host;

import java.time.Duration;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Recognises inputs that were heard before, exactly within a window. What was heard is kept in
 * buckets as long as the window, so that old ones are dropped whole; a look-up is two point reads.
 */
final class Repeats {

  private final WindowStore<String, Long> heardAt;
  private final long windowMillis;

  Repeats(WindowStore<String, Long> heardAt, Duration window) {
    this.heardAt = heardAt;
    windowMillis = window.toMillis();
  }

  /** Whether the key was heard within the window before {@code atMillis}; if not, it is now. */
  boolean heardBefore(String key, long atMillis) {
    long bucket = Math.floorDiv(atMillis, windowMillis) * windowMillis;
    if (within(heardAt.fetch(key, bucket), atMillis)
        || within(heardAt.fetch(key, bucket - windowMillis), atMillis)) {
      return true;
    }
    heardAt.put(key, atMillis, bucket);
    return false;
  }

  private boolean within(@Nullable Long first, long atMillis) {
    return first != null && atMillis - first < windowMillis;
  }
}

package dev.earshot.stream.host;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Asks for commits. What was decided in time is committed at once, at most every few milliseconds.
 * A host that is behind asks for none and leaves it to Kafka's slower interval, since fewer and
 * larger transactions let it catch up.
 */
final class Commits {

  /** How long what was decided waits to be visible, at most, while the host keeps up. */
  static final Duration EVERY = Duration.ofMillis(20);

  /** The same while it is behind. */
  static final Duration EVERY_BEHIND = Duration.ofMillis(200);

  private static final Duration BEHIND = Duration.ofMillis(250);

  private final ProcessingContext context;
  private long askedAtMillis;
  private boolean owed;

  Commits(ProcessingContext context) {
    this.context = context;
  }

  /** Something was decided about a record that the log took at that time. */
  void decided(long recordMillis) {
    long now = context.currentSystemTimeMs();
    owed |= now - recordMillis < BEHIND.toMillis();
    look(now);
  }

  /** To be called often, for what was decided soon after a commit. */
  void look(long nowMillis) {
    if (owed && nowMillis - askedAtMillis >= EVERY.toMillis()) {
      context.commit();
      askedAtMillis = nowMillis;
      owed = false;
    }
  }
}

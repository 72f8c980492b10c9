package dev.earshot.stream.host;

import java.time.Duration;

/**
 * The pace at which late timers of one partition fire: its share of each second of the log's time,
 * spread over that second.
 */
final class CatchUp {

  /** A timer that is later than this waits its turn; others fire at once. */
  private static final Duration LATE_AFTER = Duration.ofSeconds(1);

  /** How often late timers are come back to. */
  static final Duration EVERY = Duration.ofMillis(100);

  private static final long SECOND = Duration.ofSeconds(1).toMillis();

  /**
   * How many late timers fire in a second at most, in all partitions together.
   *
   * @param partitions over which they are spread
   */
  record Rate(int perSecond, int partitions) {

    /** What one partition may fire in that second; the shares of all add up to the whole. */
    long share(int partition, long second) {
      return upTo(partition, second + 1) - upTo(partition, second);
    }

    private long upTo(int partition, long second) {
      return Math.floorDiv(Math.multiplyExact(second, perSecond) + partition, partitions);
    }
  }

  private final Rate rate;
  private final int partition;

  private boolean begun;
  private long second;
  private long fired;

  CatchUp(Rate rate, int partition) {
    this.rate = rate;
    this.partition = partition;
  }

  /** A timer that was due by then is late. */
  static long late(long nowMillis) {
    return nowMillis - LATE_AFTER.toMillis() - 1;
  }

  /** How many late timers may fire at that time of the log. */
  long allowed(long nowMillis) {
    long current = Math.floorDiv(nowMillis, SECOND);
    if (!begun) {
      // Whoever worked on this partition before may have fired the share of this second.
      begun = true;
      second = current;
      fired = rate.share(partition, current);
    }
    if (current != second) {
      second = current;
      fired = 0;
    }
    long slices = Math.floorMod(nowMillis, SECOND) / EVERY.toMillis() + 1;
    long soFar = Math.ceilDiv(rate.share(partition, current) * slices * EVERY.toMillis(), SECOND);
    return Math.max(0, soFar - fired);
  }

  void fired() {
    fired++;
  }
}

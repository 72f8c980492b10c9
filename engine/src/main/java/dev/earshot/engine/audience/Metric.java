package dev.earshot.engine.audience;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kind of event of one user: how often it happened, when first, when last, and
 * the latest times. Immutable; times are milliseconds since 1970, oldest first.
 */
public final class Metric {

  /** How many times are kept of every event, so that rules on them need no preparation. */
  public static final int RECENT_MAX = 10;

  /** What is known of an event that never happened. */
  public static final Metric NONE = new Metric(0, 0, 0, new long[0]);

  private final long count;
  private final long firstMillis;
  private final long lastMillis;
  private final long[] recentMillis;

  private Metric(long count, long firstMillis, long lastMillis, long[] recentMillis) {
    this.count = count;
    this.firstMillis = firstMillis;
    this.lastMillis = lastMillis;
    this.recentMillis = recentMillis;
  }

  /**
   * @param recentMillis oldest first
   */
  public static Metric of(long count, long firstMillis, long lastMillis, long... recentMillis) {
    return new Metric(count, firstMillis, lastMillis, recentMillis.clone());
  }

  /**
   * As {@link #of}, without a copy.
   *
   * @param recentMillis not to be changed afterwards
   */
  public static Metric owning(long count, long firstMillis, long lastMillis, long[] recentMillis) {
    return new Metric(count, firstMillis, lastMillis, recentMillis);
  }

  public long count() {
    return count;
  }

  public long firstMillis() {
    return firstMillis;
  }

  public long lastMillis() {
    return lastMillis;
  }

  public int recentCount() {
    return recentMillis.length;
  }

  public long recentMillis(int index) {
    return recentMillis[index];
  }

  /** This metric after the event happened once more; at most {@code keep} times are kept. */
  public Metric happenedAt(long atMillis, int keep) {
    if (count == 0) {
      return new Metric(1, atMillis, atMillis, new long[] {atMillis});
    }
    return new Metric(
        count + 1,
        Math.min(firstMillis, atMillis),
        Math.max(lastMillis, atMillis),
        inserted(atMillis, keep));
  }

  /** What two metrics of the same event know together. */
  public Metric and(Metric other, int keep) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    var times = Arrays.copyOf(recentMillis, recentMillis.length + other.recentMillis.length);
    System.arraycopy(other.recentMillis, 0, times, recentMillis.length, other.recentMillis.length);
    Arrays.sort(times);
    return new Metric(
        count + other.count,
        Math.min(firstMillis, other.firstMillis),
        Math.max(lastMillis, other.lastMillis),
        Arrays.copyOfRange(times, Math.max(0, times.length - keep), times.length));
  }

  /** How many of the kept times are later than {@code fromMillis}. */
  public int countAfter(long fromMillis) {
    int index = recentMillis.length;
    while (index > 0 && recentMillis[index - 1] > fromMillis) {
      index--;
    }
    return recentMillis.length - index;
  }

  // A clock that was set back delivers an earlier time after a later one, so it is sorted in.
  private long[] inserted(long atMillis, int keep) {
    int drop = recentMillis.length < keep ? 0 : recentMillis.length - keep + 1;
    if (drop > 0 && atMillis <= recentMillis[drop - 1]) {
      return Arrays.copyOfRange(recentMillis, drop - 1, recentMillis.length);
    }
    var times = new long[recentMillis.length - drop + 1];
    System.arraycopy(recentMillis, drop, times, 0, times.length - 1);
    int slot = times.length - 1;
    while (slot > 0 && times[slot - 1] > atMillis) {
      times[slot] = times[slot - 1];
      slot--;
    }
    times[slot] = atMillis;
    return times;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metric that
        && count == that.count
        && firstMillis == that.firstMillis
        && lastMillis == that.lastMillis
        && Arrays.equals(recentMillis, that.recentMillis);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count) * 31 + Arrays.hashCode(recentMillis);
  }

  @Override
  public String toString() {
    return count + " times, first " + firstMillis + ", recent " + Arrays.toString(recentMillis);
  }
}

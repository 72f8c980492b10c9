package dev.earshot.bench.load;

import java.util.Arrays;

/** Durations, and how they are spread. */
public final class Spread {

  private final long[] sortedNanos;

  private Spread(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  public static Spread of(long[] nanos) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  public int count() {
    return sortedNanos.length;
  }

  /** The duration that this share of all does not exceed. */
  public double millis(double share) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    int at = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.clamp(at, 0, sortedNanos.length - 1)] / 1e6;
  }

  @Override
  public String toString() {
    return "p50 %7.1f ms   p90 %7.1f ms   p99 %7.1f ms   max %7.1f ms"
        .formatted(millis(0.5), millis(0.9), millis(0.99), millis(1));
  }
}

package dev.earshot.stream.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How often threads of the host may die and be replaced before the host gives up. */
final class DeathBudget {

  private final int deathsMax;
  private final long withinNanos;
  private final LongSupplier nanoTime;
  private final Deque<Long> deaths = new ArrayDeque<>();

  DeathBudget(int deathsMax, long withinNanos, LongSupplier nanoTime) {
    this.deathsMax = deathsMax;
    this.withinNanos = withinNanos;
    this.nanoTime = nanoTime;
  }

  /** Counts one death; whether that one may still be made good. */
  synchronized boolean spend() {
    long now = nanoTime.getAsLong();
    while (!deaths.isEmpty() && now - deaths.getFirst() > withinNanos) {
      deaths.removeFirst();
    }
    deaths.addLast(now);
    return deaths.size() <= deathsMax;
  }
}

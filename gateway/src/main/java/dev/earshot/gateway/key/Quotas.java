package dev.earshot.gateway.key;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Token buckets, one for each name that takes events; at most so many names are remembered. */
public final class Quotas {

  private static final int NAMES_MAX = 100_000;

  private final Quota quota;
  private final Pace refusals;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param nanos the time that passes, as {@link System#nanoTime}
   */
  public Quotas(Quota quota, Pace refusals, LongSupplier nanos) {
    this.quota = quota;
    this.refusals = refusals;
    this.nanos = nanos;
  }

  /** How long to wait before so many events would pass; zero when they would. Takes none. */
  public Duration ask(String name, int events) {
    var bucket = buckets.get(name);
    return bucket == null ? Duration.ZERO : bucket.ask(events);
  }

  /** Puts events back that were taken and did not pass in the end. */
  public void giveBack(String name, int events) {
    var bucket = buckets.get(name);
    if (bucket != null) {
      bucket.giveBack(events);
    }
  }

  /**
   * Takes the events from the name's bucket, all or none. More events than a bucket holds pass when
   * it is full, and it owes the rest.
   *
   * @return how long to wait before they would pass; zero when they have passed
   */
  public Duration take(String name, int events) {
    if (buckets.size() >= NAMES_MAX) {
      forgetFull();
    }
    return buckets
        .computeIfAbsent(name, _ -> new Bucket(quota.burst(), nanos.getAsLong()))
        .take(events);
  }

  /**
   * Counts a refusal of the name, and says how late to tell it. Who is refused now and then hears
   * it at once; who comes again and again all the same is slowed down.
   */
  public Duration lateness(String name) {
    var bucket = buckets.get(name);
    return bucket == null ? Duration.ZERO : bucket.lateness();
  }

  private void forgetFull() {
    buckets.values().removeIf(Bucket::isFull);
    if (buckets.size() >= NAMES_MAX) {
      buckets.clear();
    }
  }

  private final class Bucket {
    private double tokens;
    private long filledAt;

    /** When all its refusals so far would have been told, one after the other. */
    private long toldAt;

    Bucket(double tokens, long filledAt) {
      this.tokens = tokens;
      this.filledAt = filledAt;
      this.toldAt = filledAt;
    }

    synchronized Duration ask(int events) {
      fill();
      double missing = Math.min(events, quota.burst()) - tokens;
      return missing > 0
          ? Duration.ofNanos((long) (missing * 1e9 / quota.eventsPerSecond()) + 1)
          : Duration.ZERO;
    }

    synchronized Duration take(int events) {
      var wait = ask(events);
      if (wait.isZero()) {
        tokens -= events;
      }
      return wait;
    }

    synchronized void giveBack(int events) {
      tokens += events;
    }

    synchronized Duration lateness() {
      long now = nanos.getAsLong();
      long each = refusals.each().toNanos();
      long free = refusals.atOnce() * each;
      long queue =
          Math.min(Math.max(0, toldAt - now) + each, free + refusals.latenessMax().toNanos());
      toldAt = now + queue;
      return Duration.ofNanos(Math.max(0, queue - free));
    }

    synchronized boolean isFull() {
      fill();
      return tokens >= quota.burst();
    }

    private void fill() {
      long now = nanos.getAsLong();
      double gained = (now - filledAt) / 1e9 * quota.eventsPerSecond();
      tokens = Math.min(quota.burst(), tokens + gained);
      filledAt = now;
    }
  }
}

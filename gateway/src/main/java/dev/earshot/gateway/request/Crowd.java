package dev.earshot.gateway.request;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The requests that have arrived whole and are not answered yet. It is too dense when the oldest of
 * many has waited for too long, whatever for: the log, or its turn on the processor. Who comes then
 * had better come again than wait behind all of them.
 */
public final class Crowd {

  /** So few wait for a moment's hitch, and not for one another. */
  static final int MANY = 64;

  private final long waitNanosMax;
  private final LongSupplier nanos;
  private final Queue<Place> places = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** The place of one request. */
  static final class Place {
    private final long since;
    private volatile boolean left;

    private Place(long since) {
      this.since = since;
    }
  }

  /**
   * @param nanos the time that passes, as {@link System#nanoTime}
   */
  public Crowd(long waitNanosMax, LongSupplier nanos) {
    this.waitNanosMax = waitNanosMax;
    this.nanos = nanos;
  }

  boolean isTooDense() {
    var oldest = places.peek();
    return waiting.get() >= MANY
        && oldest != null
        && nanos.getAsLong() - oldest.since > waitNanosMax;
  }

  Place enter() {
    var place = new Place(nanos.getAsLong());
    waiting.incrementAndGet();
    places.add(place);
    return place;
  }

  void leave(Place place) {
    waiting.decrementAndGet();
    place.left = true;
    for (var first = places.peek(); first != null && first.left; first = places.peek()) {
      places.remove(first);
    }
  }

  public int waiting() {
    return waiting.get();
  }
}

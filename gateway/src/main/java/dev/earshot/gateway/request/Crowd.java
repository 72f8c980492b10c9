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

  /** A large request is as much work as many small ones, and counts for one more for each such. */
  static final int BYTES_EACH = 128 * 1024;

  private final long waitNanosMax;
  private final LongSupplier nanos;
  private final Queue<Place> places = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** The place of one request. */
  static final class Place {
    private final long since;
    private final int weight;
    private volatile boolean left;

    private Place(long since, int weight) {
      this.since = since;
      this.weight = weight;
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

  Place enter(int bytes) {
    var place = new Place(nanos.getAsLong(), 1 + bytes / BYTES_EACH);
    waiting.addAndGet(place.weight);
    places.add(place);
    return place;
  }

  void leave(Place place) {
    waiting.addAndGet(-place.weight);
    place.left = true;
    for (var first = places.peek(); first != null && first.left; first = places.peek()) {
      places.remove(first);
    }
  }

  /** How many there are, large ones counted for several. */
  public int waiting() {
    return waiting.get();
  }
}

package dev.earshot.gateway.collect;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The requests whose events are on their way into the log, by the workspaces that sent them. It is
 * too dense when the oldest of many has waited for too long, whatever for: the log, or its turn on
 * the processor. Who comes then had better come again than wait behind all of them; unless its
 * workspace has less than an equal share of what waits, as it is not the one that fills the house.
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
  private final Map<String, Integer> waitingByWorkspace = new ConcurrentHashMap<>();

  /** The place of one request. */
  static final class Place {
    private final String workspace;
    private final long since;
    private final int weight;
    private volatile boolean left;

    private Place(String workspace, long since, int weight) {
      this.workspace = workspace;
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

  boolean isTooDenseFor(String workspace) {
    return isTooDense() && hasItsShare(workspace);
  }

  private boolean isTooDense() {
    var oldest = places.peek();
    return waiting.get() >= MANY
        && oldest != null
        && nanos.getAsLong() - oldest.since > waitNanosMax;
  }

  private boolean hasItsShare(String workspace) {
    long own = waitingByWorkspace.getOrDefault(workspace, 0);
    return own * waitingByWorkspace.size() >= waiting.get();
  }

  Place enter(String workspace, int bytes) {
    var place = new Place(workspace, nanos.getAsLong(), 1 + bytes / BYTES_EACH);
    waiting.addAndGet(place.weight);
    waitingByWorkspace.merge(workspace, place.weight, Integer::sum);
    places.add(place);
    return place;
  }

  void leave(Place place) {
    waiting.addAndGet(-place.weight);
    waitingByWorkspace.computeIfPresent(
        place.workspace, (_, weight) -> weight == place.weight ? null : weight - place.weight);
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

package dev.earshot.gateway.collect;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The requests whose events are on their way into the log, by the workspaces that sent them. It is
 * too dense when the oldest of many has waited for too long, whatever for: the log, or its turn on
 * the processor; or when, at the pace of those before, the next one would. Who comes then had
 * better come again than wait behind all of them; unless its workspace has less than an equal share
 * of what waits, as it is not the one that fills the house.
 */
public final class Crowd {

  /** So few wait for a moment's hitch, and not for one another. */
  static final int MANY = 256;

  /** A large request is as much work as many small ones, and counts for one more for each such. */
  static final int BYTES_EACH = 12 * 1024;

  private final long waitNanosMax;
  private final LongSupplier nanos;
  private final Queue<Place> places = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<String, Integer> waitingByWorkspace = new ConcurrentHashMap<>();

  /** What each has taken lately, of many that waited; 0 when there have not been many. */
  private final AtomicLong nanosEach = new AtomicLong();

  /** The place of one request. */
  static final class Place {
    private final String workspace;
    private final long since;
    private final int weight;

    /** How many waited when it came, itself among them. */
    private final int waiting;

    private volatile boolean left;

    private Place(String workspace, long since, int weight, int waiting) {
      this.workspace = workspace;
      this.since = since;
      this.weight = weight;
      this.waiting = waiting;
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
    int now = waiting.get();
    return now >= MANY
        && oldest != null
        && (nanos.getAsLong() - oldest.since > waitNanosMax
            || now * nanosEach.get() > waitNanosMax);
  }

  private boolean hasItsShare(String workspace) {
    long own = waitingByWorkspace.getOrDefault(workspace, 0);
    return own * waitingByWorkspace.size() >= waiting.get();
  }

  Place enter(String workspace, int bytes) {
    int weight = 1 + bytes / BYTES_EACH;
    var place = new Place(workspace, nanos.getAsLong(), weight, waiting.addAndGet(weight));
    waitingByWorkspace.merge(workspace, place.weight, Integer::sum);
    places.add(place);
    return place;
  }

  void leave(Place place) {
    pace(place, waiting.addAndGet(-place.weight));
    waitingByWorkspace.computeIfPresent(
        place.workspace, (_, weight) -> weight == place.weight ? null : weight - place.weight);
    place.left = true;
    for (var first = places.peek(); first != null && first.left; first = places.peek()) {
      places.remove(first);
    }
  }

  private void pace(Place place, int left) {
    if (left < MANY / 2) {
      nanosEach.set(0);
    } else if (place.waiting >= MANY) {
      long each = (nanos.getAsLong() - place.since) / place.waiting;
      nanosEach.updateAndGet(known -> known == 0 ? each : known + (each - known) / 8);
    }
  }

  /** How many there are, large ones counted for several. */
  public int waiting() {
    return waiting.get();
  }
}

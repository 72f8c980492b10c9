package dev.earshot.bench.load;

import dev.earshot.bench.load.Answer.Status;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a rate that the server does not stand, on so many connections: whatever it answers, and
 * with no pause when it is told to come later. What finds no connection is sent as soon as one is
 * free, so that the rate is what the connections allow.
 */
public final class Flood {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final URI server;
  private final Stamp request;
  private final Queue<Long> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<Long> refused = new ConcurrentLinkedQueue<>();
  private final LongAdder failed = new LongAdder();

  /**
   * How the requests ended.
   *
   * @param accepted how long those took, from when each was sent, that were answered with 2xx
   * @param refused the same of those answered with 429 or 503
   * @param failed how many ended in any other way
   */
  public record Ends(Spread accepted, Spread refused, long failed) {

    public long sent() {
      return accepted.count() + refused.count() + failed;
    }
  }

  public Flood(URI server, Stamp request) {
    this.server = server;
    this.request = request;
  }

  /** Returns when the last answer is there. */
  public Ends run(int connections, double requestsPerSecond, Duration duration) {
    long start = System.nanoTime();
    var next = new AtomicLong();
    try (var pool = new Connections(server);
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sender = 0; sender < connections; sender++) {
        senders.execute(() -> {
          var stamp = request.copy();
          for (long number = next.getAndIncrement(); ; number = next.getAndIncrement()) {
            long due = (long) (number / requestsPerSecond * SECOND_NANOS);
            if (Math.max(due, System.nanoTime() - start) > duration.toNanos()) {
              return;
            }
            LockSupport.parkNanos(start + due - System.nanoTime());
            send(pool, stamp.with(number * stamp.events()));
          }
        });
      }
    }
    return new Ends(spread(accepted), spread(refused), failed.sum());
  }

  private void send(Connections pool, byte[] bytes) {
    long sent = System.nanoTime();
    var answer = pool.exchange(bytes);
    long took = System.nanoTime() - sent;
    if (answer.accepted()) {
      accepted.add(took);
    } else if (answer instanceof Status(var code) && (code == 429 || code == 503)) {
      refused.add(took);
    } else {
      failed.increment();
    }
  }

  private static Spread spread(Queue<Long> nanos) {
    return Spread.of(nanos.stream().mapToLong(Long::longValue).toArray());
  }
}

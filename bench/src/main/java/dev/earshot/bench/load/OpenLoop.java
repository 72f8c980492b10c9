package dev.earshot.bench.load;

import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/** Sends at a fixed rate whatever the answers do: a slow answer delays nothing but itself. */
public final class OpenLoop {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final URI server;
  private final LongFunction<byte[]> requests;
  private final Answers answers;

  /** Hears how each request ended, from many threads. */
  public interface Answers {

    /**
     * @param dueNanos when the request was to be sent, by {@link System#nanoTime}
     */
    void heard(long number, long dueNanos, Answer answer);
  }

  public OpenLoop(URI server, LongFunction<byte[]> requests, Answers answers) {
    this.server = server;
    this.requests = requests;
    this.answers = answers;
  }

  /** Sends the requests from {@code first} on, as long as the next is wanted, and waits for all. */
  public void run(long first, int perSecond, LongPredicate wanted) {
    long start = System.nanoTime();
    try (var connections = new Connections(server);
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long number = first; wanted.test(number); number++) {
        long due = start + (number - first) * SECOND_NANOS / perSecond;
        waitUntil(due);
        long current = number;
        senders.execute(
            () -> answers.heard(current, due, connections.exchange(requests.apply(current))));
      }
    }
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}

package dev.earshot.bench.load;

import dev.earshot.bench.command.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Sends on each of some connections as fast as the answers come. */
public final class ClosedLoop {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI server;
  private final Stamp request;
  private final AtomicLong numbers;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * @param numbers where the numbers of the events come from, so that no two are the same
   */
  public ClosedLoop(URI server, Stamp request, AtomicLong numbers) {
    this.server = server;
    this.request = request;
    this.numbers = numbers;
  }

  /** Returns what was accepted a second, after the warm-up. */
  public Rate run(int connections, Duration warmUp, Duration duration) {
    long from = System.nanoTime() + warmUp.toNanos();
    long to = from + duration.toNanos();
    run(connections, from, to, _ -> System.nanoTime() < to);
    return new Rate(accepted.sum() * 1e9 / duration.toNanos(), refused.sum());
  }

  /** Sends so many events; returns how many were refused. */
  public long send(int connections, long count) {
    long end = numbers.get() + count;
    long from = System.nanoTime();
    run(connections, from, Long.MAX_VALUE, next -> next < end);
    return refused.sum();
  }

  /**
   * @param from answers before that are not counted, nor those from {@code to} on
   * @param more whether to go on, by the number of the next event
   */
  private void run(int connections, long from, long to, LongPredicate more) {
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var ends =
          Stream.generate(() -> CompletableFuture.runAsync(() -> send(from, to, more), senders))
              .limit(connections)
              .toList();
      ends.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new BenchFailure("The server did not stand it: " + e.getCause(), e);
    }
  }

  private void send(long from, long to, LongPredicate more) {
    var stamp = request.copy();
    try (var wire = Wire.connect(server.getHost(), server.getPort(), TIMEOUT)) {
      do {
        wire.send(stamp.with(numbers.getAndAdd(stamp.events())));
        var response =
            wire.receive().orElseThrow(() -> new IOException("closed without an answer"));
        count(response.second(), stamp.events(), from, to);
      } while (more.test(numbers.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(String status, int events, long from, long to) {
    long now = System.nanoTime();
    if (now < from || now >= to) {
      return;
    }
    if (status.startsWith("2")) {
      accepted.add(events);
    } else {
      refused.add(events);
    }
  }
}

package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TurnsTest {

  private final Turns turns = new Turns();

  @Test
  void whoComesWhileAnotherIsAtItLeavesTheTaskAndGoesOn() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var ran = new ArrayList<String>();
    var first =
        Thread.startVirtualThread(() ->
            turns.take(() -> {
              begun.countDown();
              await(goOn);
              ran.add("first");
            }));
    begun.await();

    turns.take(() -> ran.add("second"));
    assertEquals(List.of(), ran);

    goOn.countDown();
    first.join();
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void eachOfManyIsRunOnceAndNeverTwoAtATime() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    var at = new AtomicInteger();
    var together = new AtomicInteger();
    var ran = new AtomicInteger();
    Runnable task =
        () -> {
          together.addAndGet(at.getAndIncrement());
          ran.incrementAndGet();
          at.decrementAndGet();
        };
    var started =
        IntStream.range(0, threads)
            .mapToObj(_ ->
                Thread.ofPlatform()
                    .start(() -> IntStream.range(0, each).forEach(_ -> turns.take(task))))
            .toList();
    for (var thread : started) {
      thread.join();
    }

    assertEquals(threads * each, ran.get());
    assertEquals(0, together.get());
  }

  @Test
  void whatATaskThrowsStopsNobodyElse() {
    Runnable broken =
        () -> {
          throw new IllegalStateException("of its own");
        };
    assertThrows(IllegalStateException.class, () -> turns.take(broken));

    var ran = new ArrayList<String>();
    turns.take(() -> ran.add("next"));
    assertEquals(List.of("next"), ran);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.earshot.stream.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {

  private final AtomicLong clock = new AtomicLong();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore ended = new Semaphore(0);
  private final List<String> told = new ArrayList<>();
  private final GroupCommit group = GroupCommit.start(this::commit, clock::get);

  @AfterEach
  void letItEnd() {
    ended.release(1000);
    group.close();
  }

  @Test
  void oneThatComesAloneIsCommittedAtOnce() {
    append("first");
    begun.acquireUninterruptibly();

    assertEquals(List.of("first", "commit"), told());
  }

  @Test
  void allThatComeDuringACommitShareTheNext() {
    append("first");
    begun.acquireUninterruptibly();
    append("second");
    append("third");
    assertEquals(List.of("first", "commit"), told());

    ended.release();
    begun.acquireUninterruptibly();
    assertEquals(List.of("first", "commit", "second", "third", "commit"), told());
  }

  @Test
  void aCommitThatTakesLongHoldsNobodyUp() {
    append("first");
    begun.acquireUninterruptibly();
    append("second");
    clock.addAndGet(Duration.ofMillis(101).toNanos());
    append("third");

    assertEquals(List.of("first", "commit", "second", "third"), told());
  }

  @Test
  void onceItHasEndedThoseWhoComeWaitForEachOtherAgain() {
    append("first");
    begun.acquireUninterruptibly();
    clock.addAndGet(Duration.ofMillis(101).toNanos());
    ended.release();
    await()
        .until(() -> {
          append("second");
          return begun.tryAcquire();
        });
    append("third");

    assertEquals("commit", told().getLast());
  }

  @Test
  void whoClosesItWaitsForWhatWasTaken() throws InterruptedException {
    append("first");
    begun.acquireUninterruptibly();
    append("second");
    var closing = Thread.startVirtualThread(group::close);
    assertTrue(!closing.join(Duration.ofMillis(50)));

    ended.release(2);
    closing.join();
    assertEquals(List.of("first", "commit", "second", "commit"), told());
  }

  @Test
  void whoComesAfterTheEndDoesItAlone() {
    group.close();
    append("late");

    assertEquals(List.of("late"), told());
  }

  @Test
  void eachOfManyIsCarriedOutOnce() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    ended.release(threads * each);
    var ran = new AtomicInteger();
    var open = new CountDownLatch(threads * each);
    Runnable append =
        () -> {
          ran.incrementAndGet();
          open.countDown();
        };
    for (int i = 0; i < threads; i++) {
      Thread.startVirtualThread(() -> IntStream.range(0, each).forEach(_ -> group.add(append)));
    }

    assertTrue(open.await(50, TimeUnit.SECONDS));
    group.close();
    assertEquals(threads * each, ran.get());
  }

  private void append(String word) {
    group.add(() -> tell(word));
  }

  private void commit() {
    tell("commit");
    begun.release();
    ended.acquireUninterruptibly();
  }

  private synchronized void tell(String word) {
    told.add(word);
  }

  private synchronized List<String> told() {
    return List.copyOf(told);
  }
}

package dev.earshot.stream.log;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Carries out appends on one thread: all that have come, then one commit for all of them, while the
 * next ones come. So nobody who appends is in another's way, and what comes together travels
 * together, however much it is, without waiting for company.
 *
 * <p>A commit that takes long holds nobody up, be it that one of several brokers does not answer:
 * whoever comes meanwhile carries out what waits.
 */
final class GroupCommit implements AutoCloseable {

  /** A commit that takes longer waits for somebody who does not answer. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Duration END_MAX = Duration.ofSeconds(10);

  private final Runnable commit;
  private final LongSupplier nanoTime;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean isIdle;
  private volatile boolean isCommitting;
  private volatile long committingSince;
  private volatile boolean isClosed;

  private GroupCommit(Runnable commit, LongSupplier nanoTime) {
    this.commit = commit;
    this.nanoTime = nanoTime;
    thread = Thread.ofPlatform().daemon().name("earshot-append").unstarted(this::run);
  }

  /**
   * @param commit ends when the log has all that was appended before, or never will; what is
   *     appended meanwhile does not wait for its end
   */
  static GroupCommit start(Runnable commit, LongSupplier nanoTime) {
    var group = new GroupCommit(commit, nanoTime);
    group.thread.start();
    return group;
  }

  /** Takes an append, which throws nothing and is carried out soon, perhaps by the caller. */
  void add(Runnable append) {
    waiting.add(append);
    if (isIdle) {
      LockSupport.unpark(thread);
    } else if (isAway()) {
      appendAll();
    }
  }

  /** Carries out what waits. What comes later is carried out by whoever brings it. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(END_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    appendAll();
  }

  private boolean isAway() {
    return isCommitting
        ? nanoTime.getAsLong() - committingSince > PATIENCE.toNanos()
        : !thread.isAlive();
  }

  private void run() {
    while (!isClosed || !waiting.isEmpty()) {
      if (waiting.isEmpty()) {
        idle();
      } else {
        appendAll();
        commit();
      }
    }
  }

  private void idle() {
    isIdle = true;
    // Whoever came or closed before could not see that there is somebody to wake.
    if (waiting.isEmpty() && !isClosed) {
      LockSupport.park(this);
    }
    isIdle = false;
  }

  private void appendAll() {
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  private void commit() {
    committingSince = nanoTime.getAsLong();
    isCommitting = true;
    try {
      commit.run();
    } finally {
      isCommitting = false;
    }
  }
}

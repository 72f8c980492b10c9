package dev.earshot.stream.log;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs tasks one after another, in the order in which they came, each on a thread that brought one
 * of them: whoever comes while another is at it leaves the task and goes on.
 */
final class Turns {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  void take(Runnable task) {
    waiting.add(task);
    // Once more, for what came between the last look and the end of the turn.
    while (!waiting.isEmpty() && turn.tryLock()) {
      try {
        runAll();
      } finally {
        turn.unlock();
      }
    }
  }

  private void runAll() {
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}

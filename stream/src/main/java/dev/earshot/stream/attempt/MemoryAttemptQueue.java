package dev.earshot.stream.attempt;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.AttemptJson;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.stream.AttemptQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A queue in memory, for tests and notebooks. */
public final class MemoryAttemptQueue implements AttemptQueue {

  /** Not a record: two tickets for equal attempts are two tickets. */
  private static final class Held implements Ticket {
    private final Attempt attempt;
    private final int weight;

    Held(Attempt attempt, int limit) {
      this.attempt = attempt;
      this.weight = Weight.of(AttemptJson.write(attempt).length, limit);
    }

    @Override
    public Attempt attempt() {
      return attempt;
    }

    @Override
    public int weight() {
      return weight;
    }
  }

  private final int limit;
  private final Deque<Held> waiting = new ArrayDeque<>();
  private final Set<Held> out = new LinkedHashSet<>();
  private final List<Reported> outcomes = new ArrayList<>();

  public MemoryAttemptQueue(int limit) {
    this.limit = limit;
  }

  public synchronized void owe(Attempt attempt) {
    waiting.add(new Held(attempt, limit));
    notifyAll();
  }

  /** What was reported so far. */
  public synchronized List<Reported> outcomes() {
    return List.copyOf(outcomes);
  }

  /** The queue as it is after a crash: what was out and not reported waits again. */
  public synchronized MemoryAttemptQueue crashed() {
    var next = new MemoryAttemptQueue(limit);
    next.waiting.addAll(out);
    next.waiting.addAll(waiting);
    next.outcomes.addAll(outcomes);
    out.clear();
    return next;
  }

  @Override
  public synchronized List<Ticket> take(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      for (long left = timeout.toNanos(); left > 0 && nothingToTake(); ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Ticket> taken = new ArrayList<>();
    while (!nothingToTake()) {
      var held = waiting.remove();
      out.add(held);
      taken.add(held);
    }
    return taken;
  }

  @Override
  public synchronized void report(Ticket ticket, Outcome outcome) {
    if (ticket instanceof Held held && out.remove(held)) {
      var attempt = held.attempt();
      outcomes.add(new Reported(attempt.delivery().id(), attempt.number(), outcome));
      notifyAll();
    }
  }

  @Override
  public void close() {
    // Nothing is held outside of memory.
  }

  private boolean nothingToTake() {
    var next = waiting.peek();
    return next == null || out.stream().mapToInt(Held::weight).sum() + next.weight() > limit;
  }
}

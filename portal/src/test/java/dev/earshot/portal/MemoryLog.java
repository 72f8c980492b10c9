package dev.earshot.portal;

import dev.earshot.event.Subject;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A log in memory, in one partition. */
public final class MemoryLog implements LogReader {

  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore grown = new Semaphore(0);
  private final List<Entry> entries = new ArrayList<>();
  private final AtomicInteger followers = new AtomicInteger();
  private final AtomicInteger visits = new AtomicInteger();

  /** How many follow it now. */
  public int followers() {
    return followers.get();
  }

  /** How often an entry was shown to a follower. */
  public int visits() {
    return visits.get();
  }

  public void append(Topic topic, String key, String kind, String json) {
    lock.lock();
    try {
      entries.add(new Entry(topic, 0, entries.size(), TestPortal.NOW, key, kind, json));
      grown.release();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Page latest(
      Topic topic, Subject subject, Predicate<Entry> filter, int limit, Duration within) {
    return latest(topic, filter.and(entry -> entry.key().equals(subject.key())), limit, within);
  }

  @Override
  public Page latest(Topic topic, Predicate<Entry> filter, int limit, Duration within) {
    lock.lock();
    try {
      var found =
          entries.reversed().stream()
              .filter(entry -> entry.topic() == topic)
              .filter(filter)
              .limit(limit)
              .toList();
      return new Page(found, true);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void follow(Topic topic, boolean fromBeginning, Visitor visitor) {
    followers.incrementAndGet();
    try {
      int next = fromBeginning ? 0 : size();
      boolean going = true;
      while (going) {
        var entry = entryAt(next);
        if (entry == null) {
          going = visitor.caughtUp() && awaitMore();
        } else {
          next++;
          visits.incrementAndGet();
          going = entry.topic() != topic || visitor.visit(entry);
        }
      }
    } finally {
      followers.decrementAndGet();
    }
  }

  private int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry entryAt(int index) {
    lock.lock();
    try {
      return index < entries.size() ? entries.get(index) : null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits a moment for more; false when the thread is to end. */
  private boolean awaitMore() {
    try {
      if (grown.tryAcquire(20, TimeUnit.MILLISECONDS)) {
        grown.drainPermits();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

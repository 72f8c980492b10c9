package dev.earshot.gateway.request;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of requests may be held in memory at a time, over all connections. */
public final class ByteBudget {

  private final long bytesMax;
  private final AtomicLong held = new AtomicLong();

  public ByteBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Whether so many could be taken now. Says so without taking them: they may come slowly. */
  boolean has(long bytes) {
    return held.get() + bytes <= bytesMax;
  }

  boolean tryTake(long bytes) {
    if (held.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  public long held() {
    return held.get();
  }
}

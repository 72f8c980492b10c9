package dev.earshot.stream.host;

import java.util.concurrent.atomic.AtomicInteger;

/** Memory that is shared out among all who hold a part of it, to each as much as to the others. */
final class Shares {

  private final long totalBytes;
  private final AtomicInteger holders = new AtomicInteger();

  Shares(long totalBytes) {
    this.totalBytes = totalBytes;
  }

  /** One more holds a part, until it is {@link #returned}. */
  void taken() {
    holders.incrementAndGet();
  }

  void returned() {
    holders.decrementAndGet();
  }

  /** How many bytes each may hold now. */
  long each() {
    return totalBytes / Math.max(1, holders.get());
  }
}

package dev.earshot.app.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How one journey fared. Told by several threads. */
final class Tally {

  private final LongAdder entered = new LongAdder();
  private final LongAdder notEntered = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder suppressed = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<String, Long> reasons = new ConcurrentHashMap<>();
  private volatile @Nullable String somebodySentTo;

  /** A reason, and how often it stood in the way. */
  record Reason(String text, long count) {}

  void decided(String verdict, String subject, String reason) {
    switch (verdict) {
      case "entered" -> entered.increment();
      case "not-entered" -> stopped(notEntered, reason);
      case "suppressed" -> stopped(suppressed, reason);
      case "sent" -> {
        sent.increment();
        somebodySentTo = subject;
      }
      default -> {}
    }
  }

  void delivers() {
    delivered.increment();
  }

  void fails() {
    failed.increment();
  }

  long entered() {
    return entered.sum();
  }

  long notEntered() {
    return notEntered.sum();
  }

  long sent() {
    return sent.sum();
  }

  long suppressed() {
    return suppressed.sum();
  }

  long delivered() {
    return delivered.sum();
  }

  long failed() {
    return failed.sum();
  }

  boolean isServed() {
    return delivered() + failed() >= sent();
  }

  /** The reasons against, the most frequent first. */
  List<Reason> reasons() {
    return reasons.entrySet().stream()
        .map(reason -> new Reason(reason.getKey(), reason.getValue()))
        .sorted(Comparator.comparingLong(Reason::count).reversed().thenComparing(Reason::text))
        .toList();
  }

  /** The record key of somebody who was sent a message, as an example. */
  Optional<String> somebodySentTo() {
    return Optional.ofNullable(somebodySentTo);
  }

  private void stopped(LongAdder counter, String reason) {
    counter.increment();
    reasons.merge(reason, 1L, Long::sum);
  }
}

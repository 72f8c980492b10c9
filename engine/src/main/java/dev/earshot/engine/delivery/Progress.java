package dev.earshot.engine.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a delivery has come.
 *
 * @param round how often it was redriven
 * @param number of the latest attempt
 * @param used how many attempts of this round count, the one in flight among them
 * @param past the attempts that failed, oldest first; no more than {@link #PAST_MAX} are kept
 */
public record Progress(Delivery delivery, int round, int number, int used, List<PastAttempt> past) {

  public static final int PAST_MAX = 30;

  public Progress {
    past = List.copyOf(past);
  }

  static Progress begin(Delivery delivery) {
    return new Progress(delivery, 0, 0, 0, List.of());
  }

  Progress nextAttempt() {
    return new Progress(delivery, round, number + 1, used + 1, past);
  }

  Progress failed(Instant startedAt, Instant endedAt, String outcome) {
    return with(used, new PastAttempt(number, startedAt, endedAt, true, outcome));
  }

  /** The latest attempt was not made at all, so it does not count. */
  Progress postponed(Instant startedAt, Instant endedAt, String outcome) {
    return with(used - 1, new PastAttempt(number, startedAt, endedAt, false, outcome));
  }

  /** A new round, with no attempt used yet, worth sending until {@code expiresAt} at least. */
  Progress redriven(Instant expiresAt) {
    var renewed =
        expiresAt.isAfter(delivery.expiresAt()) ? delivery.expiringAt(expiresAt) : delivery;
    return new Progress(renewed, round + 1, number, 0, past);
  }

  /** A run of postponements takes one line, so that a long rest pushes no real attempt out. */
  private Progress with(int nowUsed, PastAttempt attempt) {
    var kept = new ArrayList<>(past);
    if (!attempt.counted() && !kept.isEmpty() && !kept.getLast().counted()) {
      kept.removeLast();
    }
    kept.add(attempt);
    if (kept.size() > PAST_MAX) {
      kept.removeFirst();
    }
    return new Progress(delivery, round, number, nowUsed, kept);
  }
}

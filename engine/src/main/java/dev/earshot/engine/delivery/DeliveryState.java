package dev.earshot.engine.delivery;

import java.time.Instant;

/**
 * Where one delivery stands. One that has ended, delivered, expired or discarded, is as unknown as
 * one that was never asked for: what became of it is in the log.
 */
public sealed interface DeliveryState {

  record Unknown() implements DeliveryState {
    public static final Unknown UNKNOWN = new Unknown();
  }

  /** A delivery that was asked for and has not ended. */
  sealed interface Open extends DeliveryState {
    Progress progress();
  }

  /** The latest attempt is with its channel. */
  record InFlight(Progress progress, Instant startedAt) implements Open {}

  /**
   * Between two attempts, or before the first.
   *
   * @param reason why the latest attempt did not succeed, or what the first waits for
   * @param nextAttemptAt when to try again, or to give up if the message has expired by then
   */
  record Waiting(Progress progress, String reason, Instant nextAttemptAt) implements Open {}

  /** Given up by itself, and kept for somebody to redrive or to discard. */
  record Dead(Progress progress, String reason, Instant diedAt) implements Open {}
}

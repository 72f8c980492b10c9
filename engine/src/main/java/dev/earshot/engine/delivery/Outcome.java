package dev.earshot.engine.delivery;

import java.time.Duration;
import java.util.Optional;

/** How one attempt ended, in the only ways that call for different action. */
public sealed interface Outcome {

  /**
   * The world took it.
   *
   * @param detail what it said: a status line, a provider's message id
   */
  record Accepted(String detail) implements Outcome {}

  /**
   * Worth another try: a timeout, a 429, a 5xx.
   *
   * @param retryAfter how long the other side asked us to wait
   */
  record Deferred(String reason, Optional<Duration> retryAfter) implements Outcome {}

  /** No retry will help: a bad address, an unsubscribed user, a 4xx. */
  record Refused(String reason) implements Outcome {}

  /** Not tried at all, because the destination is busy or resting: uses up no attempt. */
  record Postponed(String reason, Duration delay) implements Outcome {}
}

package dev.earshot.engine.journey;

import dev.earshot.engine.delivery.Delivery;
import java.time.Instant;

/** What a user's machine asks of the world. */
public sealed interface UserOutput {

  /**
   * A message is owed.
   *
   * @param notBefore when it may go out, at the earliest
   */
  record Deliver(Delivery delivery, Instant notBefore) implements UserOutput {}

  /** Something happened, once. */
  record Note(Fact fact) implements UserOutput {}

  /** A journey looked at this user, and decided. */
  record Explain(Decision decision) implements UserOutput {}

  /** Another subject must hear of it: goes back into the log under that subject's key. */
  record Forward(UserInput input) implements UserOutput {}
}

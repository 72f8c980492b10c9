package dev.earshot.channel;

import dev.earshot.engine.delivery.Outcome;

/** A way out: one kind of message to one kind of place. */
public interface Channel {

  /**
   * Tries once, on the caller's thread, and returns within a time of its own. Whatever the world
   * does comes back as an outcome, and never as an exception. Called again with the same delivery
   * it sends under the same key, so that the world can tell a repeat. Interrupted, it waits no
   * longer, and its thread stays interrupted.
   */
  Outcome send(Message message);

  /** How many attempts for one destination may be under way at a time, while it is quick. */
  default int attemptsMax() {
    return Lane.PLACES;
  }
}

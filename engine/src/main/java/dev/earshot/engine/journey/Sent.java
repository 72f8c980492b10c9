package dev.earshot.engine.journey;

import java.time.Instant;

/**
 * A message that was decided, kept for caps, to keep others apart from it, and to be shown.
 *
 * @param at as of when it was decided
 * @param notBefore when it may go out: later when the decision was late, or others go first
 */
public record Sent(
    String delivery, String journey, String channel, Instant at, Instant notBefore) {}

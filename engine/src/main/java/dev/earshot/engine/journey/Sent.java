package dev.earshot.engine.journey;

import java.time.Instant;

/** A message that was decided, kept for caps and to be shown. */
public record Sent(String delivery, String journey, Instant at) {}

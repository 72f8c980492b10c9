package dev.earshot.engine.audience;

import dev.earshot.event.Value.Fields;

/**
 * The answer to a condition, and what it rests on.
 *
 * @param explanation one sentence for a person
 * @param seen the values that were looked at, by what they are
 */
public record Evidence(boolean passed, String explanation, Fields seen) {}

package dev.earshot.engine.journey;

import java.time.Instant;

/**
 * What is remembered of a user's runs through one journey after they ended: for re-entry, for the
 * goal, and against loops.
 *
 * @param run the last run, and {@code version} the version it walked
 * @param count how often the user entered
 * @param goalReached whether the last run's goal was reached
 * @param hourStartedAt the hour in which {@code hourSteps} steps were taken
 */
public record Visit(
    String journey,
    String run,
    int version,
    Instant enteredAt,
    long count,
    boolean goalReached,
    Instant hourStartedAt,
    int hourSteps) {}

package dev.earshot.bench.proof;

import java.time.Duration;
import java.util.List;

/**
 * How a proof goes on.
 *
 * @param modes one after another, again and again
 * @param phaseSeconds how long each lasts
 * @param atLeast how long the load lasts, and until every kill is done
 * @param within the time that the server has afterwards to end what it has taken on
 * @param patience for how long nothing may arrive of what is owed
 */
record Plan(
    List<Mode> modes,
    int phaseSeconds,
    int perSecond,
    Duration atLeast,
    int kills,
    Duration within,
    Duration patience) {}

package dev.earshot.bench;

import dev.earshot.bench.Load.Named;

/**
 * A fact of an event of the load.
 *
 * @param in the workspace that was asked for its facts
 */
record Heard(Workspace in, Named event) {}

package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Load.Named;

/**
 * A fact of an event of the load.
 *
 * @param in the workspace that was asked for its facts
 */
record Heard(Workspace in, Named event) {}

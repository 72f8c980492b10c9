package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Load.Named;

/**
 * A message at one of the rig's destinations.
 *
 * @param key by which a receiver knows a repeat: the webhook's id, the mail's Message-ID
 * @param at the workspace whose destination it is
 * @param event what it is about
 * @param taken whether the sender was told so
 */
record Arrival(String key, Workspace at, Destination to, Named event, long nanos, boolean taken) {}

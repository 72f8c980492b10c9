package dev.earshot.stream.host;

/** What one processor of the host passes to the next, or to the sink. */
sealed interface Passed permits Signal, Outgoing {}

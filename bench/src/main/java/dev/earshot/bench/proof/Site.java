package dev.earshot.bench.proof;

import dev.earshot.bench.server.Target;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a proof is about.
 *
 * @param home the server, and the keys to a workspace
 * @param kafkaFile how to reach its log, if it can be reached
 * @param killer of the server, if it is ours to be killed
 */
record Site(Target home, Optional<Path> kafkaFile, Optional<Killer> killer) {}

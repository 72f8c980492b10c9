package dev.earshot.gateway.collect;

import java.util.Optional;

/** Whether the log takes writes now; asked before each request, so it answers at once. */
@FunctionalInterface
public interface Readiness {

  /** Why it takes none, in a sentence that callers may read; empty while it takes them. */
  Optional<String> trouble();
}

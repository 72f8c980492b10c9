package dev.earshot.gateway.collect;

/** Whether the log takes writes now; asked before each request, so it answers at once. */
@FunctionalInterface
public interface Readiness {
  boolean isReady();
}

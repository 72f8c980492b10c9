package dev.earshot.portal.status;

/** The node as the portal asks it. */
public interface Node {

  /** Answers at once, from any thread. */
  Readiness readiness();

  /** May ask the log, and so may wait. */
  NodeStatus status();
}

package dev.earshot.portal.status;

/** The node as the portal asks it. */
public interface Node {

  /** Answers at once, from any thread. */
  Readiness readiness();

  /** What an accepted event survives: {@code os}, {@code fsync}, or what the cluster promises. */
  String durability();

  /** May ask the log, and so may wait. */
  NodeStatus status();
}

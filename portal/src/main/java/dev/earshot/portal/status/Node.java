package dev.earshot.portal.status;

import java.util.Optional;

/** The node as the portal asks it. */
public interface Node {

  /** Answers at once, from any thread. */
  Readiness readiness();

  /** What an accepted event survives: {@code os}, {@code fsync}, or what the cluster promises. */
  String durability();

  /** Why timers pause; empty while they do not. Answers at once, from any thread. */
  Optional<String> clockTrouble();

  /** May ask the log, and so may wait. */
  NodeStatus status();
}

package dev.earshot.bench.proof;

import dev.earshot.bench.fault.Planting;

/** A fault that a server may have, and the check that is to find it. */
enum Mutant {
  /** A 2xx for what the log does not have yet. */
  ANSWERS_BEFORE_IT_APPENDS(
      "dev.earshot.stream.node.StreamNode", "events", "answeringFirst", "lost"),
  /** A message that is called delivered before it is sent. */
  REPORTS_BEFORE_IT_SENDS("dev.earshot.app.Channels", "byWord", "reportingFirst", "missing"),
  /** A sender that acts on what the host took back. */
  READS_WHAT_IS_NOT_COMMITTED(
      "dev.earshot.stream.attempt.KafkaAttemptQueue", "settings", "readingAll", "unasked"),
  /** An API that shows a workspace what is another's. */
  SHOWS_EVERY_WORKSPACE("dev.earshot.portal.log.Entries", "of", "everything", "crossed"),
  /** A message whose repeat cannot be recognised. */
  DRAWS_DELIVERY_IDS("dev.earshot.app.Channels", "byWord", "drawingIds", "rekeyed"),
  /** A host that knows of no timer after a crash. */
  FORGETS_TIMERS("dev.earshot.stream.host.Timers", "of", "forgetting", "missing"),
  COUNTS_REPEATS("dev.earshot.stream.host.Repeats", "heardBefore", "never", "duplicated"),
  /** A sender whose progress is ahead of what it has done. */
  COMMITS_BEFORE_THE_OUTCOME("dev.earshot.stream.attempt.Progress", "restore", "ahead", "open"),
  /** A gateway that throws away what it cannot understand. */
  SWALLOWS_POISON("dev.earshot.stream.node.StreamNode", "events", "swallowing", "swallowed");

  private final String type;
  private final String method;
  private final String fault;
  private final String check;

  /**
   * @param fault the method of {@link Faults} that changes what {@code method} returns
   * @param check the one that must find it
   */
  Mutant(String type, String method, String fault, String check) {
    this.type = type;
    this.method = method;
    this.fault = fault;
    this.check = check;
  }

  String check() {
    return check;
  }

  Planting planting() {
    return Planting.through(type, method, Faults.class, fault);
  }
}

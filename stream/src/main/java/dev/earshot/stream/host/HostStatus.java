package dev.earshot.stream.host;

/** What the host is doing. */
public sealed interface HostStatus {

  /** It has not got its partitions yet. */
  record Starting() implements HostStatus {}

  /** It rebuilds its state from the log; nothing is decided meanwhile. */
  record Restoring(int percent) implements HostStatus {}

  record Running() implements HostStatus {}

  /** It has given up; the reason is for an operator. */
  record Failed(String reason) implements HostStatus {}

  record Closed() implements HostStatus {}
}

package dev.earshot.portal.status;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be said of a node at one moment.
 *
 * @param url under which it is reached
 * @param durability what a 2xx survives: {@code os}, {@code fsync}
 * @param broker {@code embedded}, or the servers of the cluster
 * @param mail where mail goes: {@code mailbox}, or the SMTP server without its password
 * @param unsubscribeLinks whether mail has a link by which people unsubscribe
 * @param lag how far decisions are behind the log
 * @param counts by name, such as {@code events accepted}, in the order to show them
 */
public record NodeStatus(
    String node,
    String version,
    URI url,
    Instant startedAt,
    String durability,
    String broker,
    String mail,
    boolean unsubscribeLinks,
    Duration lag,
    Disk disk,
    List<Partition> partitions,
    Map<String, Long> counts) {

  public NodeStatus {
    partitions = List.copyOf(partitions);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /**
   * The disk that holds the data directory.
   *
   * @param reserveBytes while less is free, nothing new is taken; none where a cluster has the log
   */
  public record Disk(long freeBytes, long totalBytes, long reserveBytes) {}

  /**
   * One partition of the log, as far as this node works on it.
   *
   * @param state {@code running}, {@code restoring}, {@code elsewhere}
   * @param lag records not yet worked on
   */
  public record Partition(int partition, String state, long endOffset, long lag) {}
}

package dev.earshot.stream.host;

import dev.earshot.stream.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into the log.
 *
 * @param type what its header says it is about
 * @param partition where it must go, absent when its key decides
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in passing, never compared nor kept
record Outgoing(
    Topic topic,
    String id,
    String workspace,
    String type,
    byte[] value,
    @Nullable Integer partition)
    implements Passed {

  Outgoing(Topic topic, String id, String workspace, String type, byte[] value) {
    this(topic, id, workspace, type, value, null);
  }
}

package dev.earshot.stream.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far the stores are rebuilt from the log. */
final class RestoreProgress implements StateRestoreListener {

  /** One store of one partition. */
  private record Part(long records, long restored) {}

  private final Map<TopicPartition, Part> parts = new ConcurrentHashMap<>();
  private final AtomicLong restoredEver = new AtomicLong();

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    parts.put(partition, new Part(Math.max(0, to - from), 0));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long batch) {
    restoredEver.addAndGet(batch);
    parts.computeIfPresent(
        partition, (_, part) -> new Part(part.records(), part.restored() + batch));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    parts.remove(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    parts.remove(partition);
  }

  /** Of all stores, in the whole life of the host. */
  long restoredEver() {
    return restoredEver.get();
  }

  boolean underWay() {
    return !parts.isEmpty();
  }

  /** Of the stores that are being rebuilt now. */
  int percent() {
    long records = 0;
    long restored = 0;
    for (var part : parts.values()) {
      records += part.records();
      restored += Math.min(part.restored(), part.records());
    }
    return records == 0 ? 100 : (int) (100 * restored / records);
  }
}

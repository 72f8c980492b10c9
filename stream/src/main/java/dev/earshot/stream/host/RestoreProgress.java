package dev.earshot.stream.host;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the stores are rebuilt from the log; a long way is told of in the log of the process. */
final class RestoreProgress implements StateRestoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
  private static final long TOLD_FROM_RECORDS = 50_000;
  private static final int TOLD_EVERY_PERCENT = 10;

  /** One store of one partition. */
  private record Part(long records, long restored, boolean ended) {

    Part restored(long more) {
      return new Part(records, Math.min(records, restored + more), false);
    }

    Part end() {
      return new Part(records, records, true);
    }
  }

  /** Those that are rebuilt together: none is forgotten before all have ended. */
  private final Map<TopicPartition, Part> parts = new HashMap<>();

  private final LongSupplier nanoTime;
  private long restoredEver;
  private boolean underWay;
  private long since;
  private long nanosEver;
  private int told;

  /**
   * @param nanoTime the time that passes, as {@link System#nanoTime}
   */
  RestoreProgress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition partition, String store, long from, long to) {
    if (!underWay) {
      underWay = true;
      since = nanoTime.getAsLong();
    }
    parts.put(partition, new Part(Math.max(0, to - from), 0, false));
  }

  @Override
  public synchronized void onBatchRestored(
      TopicPartition partition, String store, long end, long batch) {
    restoredEver += batch;
    parts.computeIfPresent(partition, (_, part) -> part.restored(batch));
    tell();
  }

  @Override
  public synchronized void onRestoreEnd(TopicPartition partition, String store, long total) {
    parts.computeIfPresent(partition, (_, part) -> part.end());
    forgetWhenAllHaveEnded();
  }

  @Override
  public synchronized void onRestoreSuspended(TopicPartition partition, String store, long total) {
    parts.remove(partition);
    forgetWhenAllHaveEnded();
  }

  /** Of all stores, in the whole life of the host. */
  synchronized long restoredEver() {
    return restoredEver;
  }

  /** How long stores were being rebuilt, in the whole life of the host. */
  synchronized long nanosEver() {
    return underWay ? nanosEver + nanoTime.getAsLong() - since : nanosEver;
  }

  synchronized boolean underWay() {
    return underWay;
  }

  /** Of the stores that are rebuilt together. */
  synchronized int percent() {
    long records = records();
    long restored = parts.values().stream().mapToLong(Part::restored).sum();
    return records == 0 ? 100 : (int) (100 * restored / records);
  }

  private long records() {
    return parts.values().stream().mapToLong(Part::records).sum();
  }

  private void tell() {
    int percent = percent();
    if (records() >= TOLD_FROM_RECORDS && percent >= told + TOLD_EVERY_PERCENT) {
      told = percent - percent % TOLD_EVERY_PERCENT;
      LOG.info("Restoring the state from the log: {} % of {} records", percent, records());
    }
  }

  private void forgetWhenAllHaveEnded() {
    if (underWay && parts.values().stream().allMatch(Part::ended)) {
      nanosEver = nanosEver();
      underWay = false;
      parts.clear();
      told = 0;
    }
  }
}

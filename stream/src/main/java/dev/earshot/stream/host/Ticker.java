package dev.earshot.stream.host;

import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Asks for the ticks of one partition. A tick is a record like any other: the time at which timers
 * fire is the log's, so that a replay fires them between the same events.
 */
final class Ticker {

  static final String KIND = "tick";

  private static final byte[] TICK = "{\"kind\":\"tick\"}".getBytes(StandardCharsets.US_ASCII);
  private static final Duration LOST_AFTER = Duration.ofSeconds(5);
  private static final long NONE = Long.MIN_VALUE;

  private final BooleanSupplier clockTrusted;

  private long askedAtMillis = NONE;
  private long heardAtMillis = NONE;

  private Ticker(BooleanSupplier clockTrusted) {
    this.clockTrusted = clockTrusted;
  }

  /** The tickers of all tasks in this process; the processors of one task share theirs. */
  static final class All {
    private final BooleanSupplier clockTrusted;
    private final Map<TaskId, Ticker> tickers = new ConcurrentHashMap<>();

    /**
     * @param clockTrusted whether the log's time is what it should be; no timer fires otherwise
     */
    All(BooleanSupplier clockTrusted) {
      this.clockTrusted = clockTrusted;
    }

    /** For the first processor of a task: whatever was under way belongs to the task's past. */
    Ticker fresh(TaskId task) {
      var ticker = new Ticker(clockTrusted);
      tickers.put(task, ticker);
      return ticker;
    }

    Ticker of(TaskId task) {
      return tickers.computeIfAbsent(task, _ -> new Ticker(clockTrusted));
    }
  }

  /** Whether a tick is to be sent now: none is on its way, or it must have been lost. */
  boolean ask(long nowMillis) {
    boolean onItsWay = askedAtMillis != NONE && nowMillis - askedAtMillis < LOST_AFTER.toMillis();
    if (onItsWay || !clockTrusted.getAsBoolean()) {
      return false;
    }
    askedAtMillis = nowMillis;
    return true;
  }

  /** A tick has come; says whether its time is to be believed. */
  boolean heard(long nowMillis) {
    askedAtMillis = NONE;
    heardAtMillis = nowMillis;
    return clockTrusted.getAsBoolean();
  }

  boolean quietFor(Duration time, long nowMillis) {
    return heardAtMillis == NONE || nowMillis - heardAtMillis >= time.toMillis();
  }

  static Outgoing tick(int partition) {
    return new Outgoing(Topic.EVENTS, KIND + "-" + partition, "earshot", KIND, TICK, partition);
  }
}

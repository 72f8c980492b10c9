package dev.earshot.stream.host;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Asks for the commits of one task. What is decided in time is committed soon; the further behind a
 * task is, the fewer and larger its transactions are, until it has caught up.
 */
final class Commits {

  /** How long what was decided waits to be visible, at most, while the host keeps up. */
  static final Duration EVERY = Duration.ofMillis(20);

  /** The same when it is far behind: Kafka's own interval, which needs no asking. */
  static final Duration EVERY_BEHIND = Duration.ofMillis(200);

  /** When a task of this thread last asked: all tasks of a thread are committed together. */
  private static final ThreadLocal<Long> ASKED_AT = ThreadLocal.withInitial(() -> 0L);

  private boolean owed;
  private long owedSinceMillis;
  private long everyMillis = EVERY.toMillis();

  /** Those of all tasks in this process; the processors of one task share theirs. */
  static final class All {
    private final Map<TaskId, Commits> commits = new ConcurrentHashMap<>();

    Commits of(TaskId task) {
      return commits.computeIfAbsent(task, _ -> new Commits());
    }
  }

  /** Something was decided about a record that the log took at that time. */
  void decided(long recordMillis, ProcessingContext context) {
    long now = context.currentSystemTimeMs();
    owed = true;
    owedSinceMillis = now;
    // A machine's own records wait for a commit before they are heard. Half their age is shorter
    // than that wait, so that it never keeps the task behind.
    everyMillis = Math.clamp((now - recordMillis) / 2, EVERY.toMillis(), EVERY_BEHIND.toMillis());
    look(now, context);
  }

  /** Whether something was decided for which no commit has been asked yet. */
  boolean owed() {
    return owed;
  }

  /** To be called often while one is owed, for what was decided soon after a commit. */
  void look(long nowMillis, ProcessingContext context) {
    if (!owed) {
      return;
    }
    long askedAt = ASKED_AT.get();
    if (owedSinceMillis < askedAt) {
      owed = false;
    } else if (nowMillis - askedAt >= everyMillis) {
      context.commit();
      ASKED_AT.set(nowMillis);
      owed = false;
    }
  }
}

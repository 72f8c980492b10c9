package dev.earshot.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the process: it ends when it is told to by a signal, or when something fails that it
 * cannot live without; then with a reason. However it ends, its parts are ended in order first.
 */
final class Life {

  private static final Logger LOG = LoggerFactory.getLogger(Life.class);

  /**
   * More than all parts together allow themselves, so that one that takes its time is no failure:
   * the door 10 s, the sender 20, its queue 5, the definitions 4, the log 10, the host 30. Less
   * than the 90 s that systemd waits.
   */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(85);

  private enum Phase {
    STARTING,
    SERVING,
    ENDING
  }

  private final Parts parts = new Parts();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
  private volatile int exitCode;

  /** Takes over the end of the process. */
  void begin() {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      LOG.error("the thread {} failed", thread.getName(), failure);
      fail("the thread " + thread.getName() + " failed with " + failure);
    });
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("ending").unstarted(this::end));
  }

  Parts parts() {
    return parts;
  }

  /** From now on there is something to drain. */
  void started() {
    phase.compareAndSet(Phase.STARTING, Phase.SERVING);
  }

  /**
   * Returns why the start failed; that is no failure when it was told to end in the midst of it.
   */
  <E extends Exception> E notStarted(E cause) {
    if (phase.get() == Phase.STARTING) {
      exitCode = 1;
    }
    return cause;
  }

  /** Something is gone that the process cannot live without. */
  void fail(String reason) {
    LOG.error("Earshot ends: {}", reason);
    exitCode = 1;
    failed.countDown();
  }

  /** Whether something has failed, or fails in that time. */
  boolean failsWithin(Duration time) throws InterruptedException {
    return failed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns when something has failed; when the process is ended by a signal, never. */
  int awaitFailure() throws InterruptedException {
    failed.await();
    return 1;
  }

  /**
   * Halts in the end, since a process that was told to end and did so has not failed, which is what
   * the code after a signal would say.
   */
  private void end() {
    boolean served = phase.getAndSet(Phase.ENDING) == Phase.SERVING;
    if (served) {
      LOG.info("draining");
    } else if (exitCode == 0) {
      LOG.info("told to end before it was ready");
    }
    var drain = Thread.ofPlatform().daemon().name("draining").start(parts::close);
    try {
      if (!drain.join(DRAIN_MAX)) {
        LOG.error(
            "not drained within {} s; what was acknowledged is in the log", DRAIN_MAX.toSeconds());
        exitCode = 1;
      } else if (served) {
        LOG.info("ended");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}

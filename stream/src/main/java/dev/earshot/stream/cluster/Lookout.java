package dev.earshot.stream.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at something every so often, on a thread of its own, until it is closed. */
public final class Lookout implements AutoCloseable {

  private final Duration pause;
  private final Runnable look;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param name of the thread
   * @param look is never called before the start, and never twice at a time
   */
  public Lookout(String name, Duration pause, Runnable look) {
    this.pause = pause;
    this.look = look;
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Waits for nothing. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        look.run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

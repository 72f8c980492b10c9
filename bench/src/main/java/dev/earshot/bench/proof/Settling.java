package dev.earshot.bench.proof;

import dev.earshot.bench.server.Left;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Waits until a server has nothing left to do, and says meanwhile how much that is. */
final class Settling {

  private static final Duration SAID_EVERY = Duration.ofSeconds(10);

  /** A delivery can move between two questions; it does not hide from the same ones again. */
  private static final int LOOKS_WITH_NOTHING_LEFT = 2;

  private final Supplier<Left> server;
  private final Duration lookEvery;
  private final PrintStream out;

  Settling(Supplier<Left> server, Duration lookEvery, PrintStream out) {
    this.server = server;
    this.lookEvery = lookEvery;
    this.out = out;
  }

  /** Returns what is left in the end: nothing, unless the time is up. */
  Left await(Duration within) throws InterruptedException {
    long start = System.nanoTime();
    long saidAt = start;
    for (int looks = 0; ; ) {
      var left = server.get();
      looks = left.equals(Left.NOTHING) ? looks + 1 : 0;
      long now = System.nanoTime();
      if (looks == LOOKS_WITH_NOTHING_LEFT || now - start >= within.toNanos()) {
        return left;
      }
      if (now - saidAt >= SAID_EVERY.toNanos()) {
        out.printf("waiting since %d s: %s%n", (now - start) / 1_000_000_000, left.shown());
        saidAt = now;
      }
      Thread.sleep(lookEvery);
    }
  }
}

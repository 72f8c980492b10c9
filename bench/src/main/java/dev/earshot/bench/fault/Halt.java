package dev.earshot.bench.fault;

import java.util.concurrent.atomic.AtomicInteger;

/** The end of a process at one of its passes of a place: no hook runs, nothing is flushed. */
public final class Halt {

  /** As if by {@code kill -9}. */
  static final int STATUS = 137;

  private static final AtomicInteger PASSES_LEFT = new AtomicInteger(Integer.MAX_VALUE);

  private Halt() {}

  static void at(int pass) {
    PASSES_LEFT.set(pass);
  }

  /** Called from where it is planted. */
  public static void pass() {
    if (PASSES_LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}

package dev.earshot.gateway.request;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds answers back. Nothing more is read from a connection that is owed an answer, so what its
 * sender goes on sending waits at the sender's side. At most so many are held back at a time, and
 * none longer than its exchange lasts.
 */
public final class Brake {

  private final Vertx vertx;
  private final int heldMax;
  private final AtomicInteger held = new AtomicInteger();

  public Brake(Vertx vertx, int heldMax) {
    this.vertx = vertx;
    this.heldMax = heldMax;
  }

  /** Answers later; false when too many are held back already. */
  boolean tryHold(Exchange exchange, Duration lateness, Runnable answer) {
    if (held.incrementAndGet() > heldMax) {
      held.decrementAndGet();
      return false;
    }
    long timer = vertx.setTimer(Math.max(1, lateness.toMillis()), _ -> answer.run());
    exchange.whenOver(() -> {
      vertx.cancelTimer(timer);
      held.decrementAndGet();
    });
    return true;
  }

  public int held() {
    return held.get();
  }
}

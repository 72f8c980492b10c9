package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.EventLog.NoRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives orders about dead deliveries, each once: between an order and the machine's acting on it
 * the delivery still looks dead, so it is remembered which death an order was about. A second order
 * from another node does no harm, since the machine acts on the first only.
 */
final class Orders {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int REMEMBERED_MAX = 10_000;

  private final Deliveries deliveries;

  private final Map<String, Instant> deaths =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  Orders(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Returns when the log has the order; refuses it when it was given already. */
  void give(OrderKind kind, Dead dead, String by) {
    var delivery = dead.progress().delivery();
    if (!claim(delivery.id(), dead.diedAt())) {
      throw new Refusal(
          Problem.conflict(
              "already_ordered", "An order about " + delivery.id() + " is being carried out."));
    }
    try {
      deliveries
          .order(delivery.subject(), kind.input(delivery.id(), by))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(delivery.id(), e);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(delivery.id(), e);
    }
  }

  private LogUnavailable unavailable(String id, Exception cause) {
    release(id);
    return cause.getCause() instanceof NoRoom noRoom
        ? noRoom
        : new LogUnavailable("the order could not be appended", cause);
  }

  private synchronized boolean claim(String id, Instant diedAt) {
    return !diedAt.equals(deaths.put(id, diedAt));
  }

  private synchronized void release(String id) {
    deaths.remove(id);
  }
}

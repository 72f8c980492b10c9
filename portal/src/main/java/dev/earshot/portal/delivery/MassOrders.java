package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.stream.EventLog.LogUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out orders about many deliveries, no faster than was asked, one at a time in a workspace.
 * It keeps no list of its own that could be lost: what was not reached before a crash is still
 * dead, and the same order finds it again.
 */
final class MassOrders implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MassOrders.class);

  private final Deliveries deliveries;
  private final Orders orders;
  private final Map<String, MassOrder> latest = new ConcurrentHashMap<>();
  private volatile boolean closed;

  MassOrders(Deliveries deliveries, Orders orders) {
    this.deliveries = deliveries;
    this.orders = orders;
  }

  Optional<MassOrder> latest(String workspace) {
    return Optional.ofNullable(latest.get(workspace));
  }

  /** Begins to carry it out; refuses while another one runs in the workspace. */
  void start(String workspace, MassOrder order) {
    var standing =
        latest.compute(
            workspace, (_, before) -> before != null && before.running() ? before : order);
    if (standing != order) {
      throw new Refusal(
          Problem.conflict(
              "order_running", "Another order about many deliveries is being carried out."));
    }
    Thread.ofVirtual().name("portal-" + order.kind().word()).start(() -> carryOut(order));
  }

  private void carryOut(MassOrder order) {
    long startNanos = System.nanoTime();
    long stepNanos = Duration.ofSeconds(1).toNanos() / order.perSecond();
    try {
      for (int index = 0; index < order.ids().size() && !closed; index++) {
        waitUntil(startNanos + index * stepNanos);
        giveOne(order, order.ids().get(index));
      }
    } catch (LogUnavailable e) {
      log.warn("the order to {} many deliveries broke off; give it again", order.kind().word(), e);
    } finally {
      order.end();
    }
  }

  private void giveOne(MassOrder order, String id) {
    if (deliveries.find(id).orElse(null) instanceof Dead dead) {
      try {
        orders.give(order.kind(), dead, order.by());
        order.didOne();
        return;
      } catch (Refusal alreadyOrdered) {
        log.debug("passed over {}: {}", id, alreadyOrdered.getMessage());
      }
    }
    order.passedOver();
  }

  private void waitUntil(long nanos) {
    for (long left = nanos - System.nanoTime();
        left > 0 && !closed;
        left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

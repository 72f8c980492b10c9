package dev.earshot.engine.delivery;

import java.time.Instant;

/**
 * What a delivery hears: that it is wanted, how its attempts ended, and what an operator orders.
 */
public sealed interface DeliveryInput {

  String deliveryId();

  /**
   * @param notBefore when it is to be tried for the first time, at the earliest
   */
  record Requested(Delivery delivery, Instant notBefore) implements DeliveryInput {
    @Override
    public String deliveryId() {
      return delivery.id();
    }
  }

  /**
   * @param attempt the number of the attempt that ended so
   */
  record Reported(String deliveryId, int attempt, Outcome outcome) implements DeliveryInput {}

  /** A dead delivery is to be tried again, under the same id. */
  record Redriven(String deliveryId, String by) implements DeliveryInput {}

  /** A dead delivery is given up for good. */
  record Discarded(String deliveryId, String by) implements DeliveryInput {}
}

package dev.earshot.engine.delivery;

/**
 * What a delivery hears: that it is wanted, how its attempts ended, and what an operator orders.
 */
public sealed interface DeliveryInput {

  String deliveryId();

  record Requested(Delivery delivery) implements DeliveryInput {
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

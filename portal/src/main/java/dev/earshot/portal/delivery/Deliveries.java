package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.event.Subject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The deliveries that have not ended, and the way to order something about them. */
public interface Deliveries {

  /** Empty when it has ended, or never was. */
  Optional<Open> find(String id);

  /** Shows each to the visitor, in no particular order. */
  void each(Consumer<Open> visitor);

  /** Appends an order to the log. Done when the log has it; the machine acts on it thereafter. */
  CompletableFuture<Void> order(Subject subject, DeliveryInput order);
}

package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryState;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.event.Subject;
import dev.earshot.stream.host.StateReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The deliveries of this node's partitions, as the host keeps them. */
public final class HostDeliveries implements Deliveries {

  private final StateReader states;
  private final BiFunction<Subject, DeliveryInput, CompletableFuture<Void>> orders;

  /**
   * @param orders appends an order to the log
   */
  public HostDeliveries(
      StateReader states, BiFunction<Subject, DeliveryInput, CompletableFuture<Void>> orders) {
    this.states = states;
    this.orders = orders;
  }

  @Override
  public Optional<Open> find(String id) {
    return states.delivery(id).flatMap(known -> open(known.state()));
  }

  @Override
  public void each(Consumer<Open> visitor) {
    // None passes the filter, so that none is kept: the visitor keeps what it wants.
    states.deliveries(
        known -> {
          open(known.state()).ifPresent(visitor);
          return false;
        },
        1,
        Optional.empty());
  }

  @Override
  public CompletableFuture<Void> order(Subject subject, DeliveryInput order) {
    return orders.apply(subject, order);
  }

  private static Optional<Open> open(DeliveryState state) {
    return state instanceof Open open ? Optional.of(open) : Optional.empty();
  }
}

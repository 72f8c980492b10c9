package dev.earshot.portal;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.event.Subject;
import dev.earshot.portal.delivery.Deliveries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Deliveries in memory; orders are kept and not acted on. */
public final class MemoryDeliveries implements Deliveries {

  /** An order as it stands in the log. */
  public record Ordered(Subject subject, DeliveryInput order) {}

  private final Map<String, Open> open = new ConcurrentSkipListMap<>();
  private final List<Ordered> orders = new CopyOnWriteArrayList<>();

  public void put(Open delivery) {
    open.put(delivery.progress().delivery().id(), delivery);
  }

  public List<Ordered> orders() {
    return List.copyOf(orders);
  }

  @Override
  public Optional<Open> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  @Override
  public void each(Consumer<Open> visitor) {
    open.values().forEach(visitor);
  }

  @Override
  public CompletableFuture<Void> order(Subject subject, DeliveryInput order) {
    orders.add(new Ordered(subject, order));
    return CompletableFuture.completedFuture(null);
  }
}

package dev.earshot.app;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.journey.UserState;
import dev.earshot.event.Subject;
import dev.earshot.portal.delivery.Deliveries;
import dev.earshot.portal.people.People;
import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.host.StateReader;
import dev.earshot.stream.host.StateReader.StateUnavailable;
import dev.earshot.stream.log.DeliveryOrders;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the host of this node knows, for the portal to show. */
record HostedState(StateReader states, DeliveryOrders orders) implements People, Deliveries {

  @Override
  public UserState user(Subject subject) {
    return read(() -> states.user(subject));
  }

  @Override
  public Optional<Open> find(String id) {
    return read(() -> states.delivery(id));
  }

  @Override
  public void each(Consumer<Open> visitor) {
    read(() -> {
      states.deliveries(visitor);
      return true;
    });
  }

  @Override
  public CompletableFuture<Void> order(Subject subject, DeliveryInput order) {
    return orders.order(subject, order);
  }

  private static <T> T read(Supplier<T> question) {
    try {
      return question.get();
    } catch (StateUnavailable restoring) {
      throw new LogUnavailable("the state is being restored", restoring);
    }
  }
}

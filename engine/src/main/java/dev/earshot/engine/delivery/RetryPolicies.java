package dev.earshot.engine.delivery;

import dev.earshot.event.Value.Fields;
import java.util.HashMap;
import java.util.Map;

/** The retry policies of all destinations as they are defined at one moment; immutable. */
public final class RetryPolicies {

  public static final RetryPolicies DEFAULTS = new RetryPolicies(Map.of());

  private final Map<Destination, RetryPolicy> policies;

  private RetryPolicies(Map<Destination, RetryPolicy> policies) {
    this.policies = policies;
  }

  /** These policies with the one of a destination's definition. */
  public RetryPolicies with(String workspace, String destination, Fields definition) {
    var changed = new HashMap<>(policies);
    changed.put(new Destination(workspace, destination), RetryPolicy.of(definition));
    return new RetryPolicies(changed);
  }

  /** The policy for a delivery's destination, {@link RetryPolicy#DEFAULT} when it has none. */
  public RetryPolicy of(Delivery delivery) {
    var destination = new Destination(delivery.subject().workspace(), delivery.destination());
    return policies.getOrDefault(destination, RetryPolicy.DEFAULT);
  }

  private record Destination(String workspace, String id) {}
}

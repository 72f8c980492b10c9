package dev.earshot.stream.host;

import dev.earshot.engine.Machine;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.delivery.AttemptJson;
import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryMachine;
import dev.earshot.engine.delivery.DeliveryOutput;
import dev.earshot.engine.delivery.DeliveryState;
import dev.earshot.engine.delivery.DeliveryStateCodec;
import dev.earshot.engine.delivery.RetryPolicies;
import dev.earshot.event.EventJson;
import dev.earshot.stream.Topic;
import java.util.List;
import java.util.Optional;

/**
 * How deliveries are hosted: beside their users, so that owing and attempting are one transaction.
 */
final class DeliveryHosting implements Hosting<DeliveryState, DeliveryInput, DeliveryOutput> {

  static final String NAME = "deliveries";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section states() {
    return Section.DELIVERIES;
  }

  @Override
  public Section timers() {
    return Section.DELIVERY_TIMERS;
  }

  @Override
  public Machine<DeliveryState, DeliveryInput, DeliveryOutput> machine(List<Definition> active) {
    var policies = RetryPolicies.DEFAULTS;
    for (var definition : active) {
      if (definition.kind() == DefinitionKind.DESTINATION) {
        policies = policies.with(definition.workspace(), definition.id(), definition.body());
      }
    }
    return new DeliveryMachine(policies);
  }

  @Override
  public byte[] write(DeliveryState state) {
    return DeliveryStateCodec.write(state);
  }

  @Override
  public DeliveryState read(byte[] bytes) {
    return DeliveryStateCodec.read(bytes);
  }

  /** A delivery knows by itself what it was told before. */
  @Override
  public Optional<String> repeatKey(DeliveryInput input) {
    return Optional.empty();
  }

  @Override
  public Route route(DeliveryOutput output) {
    return switch (output) {
      case DeliveryOutput.Try(var attempt) ->
          new Route.ToLog(
              attempt.delivery().subject().key(),
              new Outgoing(
                  Topic.ATTEMPTS,
                  attempt.delivery().id() + "/" + attempt.number(),
                  attempt.delivery().subject().workspace(),
                  AttemptJson.KIND,
                  AttemptJson.write(attempt)));
      case DeliveryOutput.Tell(var event) ->
          new Route.ToLog(
              event.subject().key(),
              new Outgoing(
                  Topic.EVENTS,
                  event.id(),
                  event.workspace(),
                  event.name(),
                  EventJson.write(event)));
    };
  }
}

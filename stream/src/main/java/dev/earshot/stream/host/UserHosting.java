package dev.earshot.stream.host;

import dev.earshot.engine.Machine;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.journey.DecisionJson;
import dev.earshot.engine.journey.Fact;
import dev.earshot.engine.journey.FactJson;
import dev.earshot.engine.journey.Rules;
import dev.earshot.engine.journey.UserInput;
import dev.earshot.engine.journey.UserInputJson;
import dev.earshot.engine.journey.UserMachine;
import dev.earshot.engine.journey.UserOutput;
import dev.earshot.engine.journey.UserState;
import dev.earshot.engine.journey.UserStateCodec;
import dev.earshot.stream.Topic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How users are hosted. */
final class UserHosting implements Hosting<UserState, UserInput, UserOutput> {

  static final String NAME = "users";

  private static final Logger LOG = LoggerFactory.getLogger(UserHosting.class);

  /** Every partition meets the same definitions; people are told once. */
  private final Set<Rules.Unreadable> told = ConcurrentHashMap.newKeySet();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section states() {
    return Section.USERS;
  }

  @Override
  public Section timers() {
    return Section.USER_TIMERS;
  }

  @Override
  public Machine<UserState, UserInput, UserOutput> machine(List<Definition> active) {
    var rules = Rules.EMPTY.with(active);
    rules.unreadable().stream().filter(told::add).forEach(UserHosting::tell);
    return new UserMachine(rules);
  }

  private static void tell(Rules.Unreadable unreadable) {
    var definition = unreadable.definition();
    LOG.error(
        "The {} {} of workspace {} cannot be read in version {} and has no effect: {}",
        definition.kind().word(),
        definition.id(),
        definition.workspace(),
        definition.version(),
        unreadable.problems());
  }

  @Override
  public byte[] write(UserState state) {
    return UserStateCodec.write(state);
  }

  @Override
  public UserState read(byte[] bytes) {
    return UserStateCodec.read(bytes);
  }

  /** A caller's ids are the workspace's; what subjects tell one another is told to one of them. */
  @Override
  public Optional<String> repeatKey(UserInput input) {
    return Optional.of(
        switch (input) {
          case UserInput.Happened(var event) -> event.workspace() + '|' + event.id();
          case UserInput.PassedOn _,
              UserInput.Linked _,
              UserInput.Merged _,
              UserInput.Joined _,
              UserInput.AccountChanged _ ->
              input.subject().key() + '|' + input.getClass().getSimpleName() + '|' + input.id();
        });
  }

  @Override
  public Route route(UserOutput output) {
    return switch (output) {
      case UserOutput.Deliver(var delivery, var notBefore) ->
          new Route.ToMachine(
              DeliveryHosting.NAME,
              delivery.id(),
              new DeliveryInput.Requested(delivery, notBefore));
      case UserOutput.Note(var fact) -> new Route.ToLog(fact.subject().key(), record(fact));
      case UserOutput.Explain(var decision) ->
          new Route.ToLog(
              decision.subject().key(),
              new Outgoing(
                  Topic.DECISIONS,
                  decision.id(),
                  decision.subject().workspace(),
                  DecisionJson.KIND,
                  DecisionJson.write(decision)));
      case UserOutput.Forward(var input) -> forward(input);
    };
  }

  static Route forward(UserInput input) {
    var json = UserInputJson.write(input);
    return new Route.ToLog(
        input.subject().key(),
        new Outgoing(
            Topic.EVENTS, input.id(), input.subject().workspace(), UserInputJson.kind(json), json));
  }

  private static Outgoing record(Fact fact) {
    var json = FactJson.write(fact);
    var workspace = fact.subject().workspace();
    return switch (fact) {
      case Fact.Heard(_, var event) ->
          new Outgoing(Topic.FACTS, event.id(), workspace, event.name(), json);
      case Fact.Made made -> new Outgoing(Topic.FACTS, made.id(), workspace, made.name(), json);
    };
  }
}

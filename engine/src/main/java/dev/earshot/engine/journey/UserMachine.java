package dev.earshot.engine.journey;

import dev.earshot.engine.Effect;
import dev.earshot.engine.Input;
import dev.earshot.engine.Machine;
import dev.earshot.engine.Step;
import dev.earshot.engine.journey.UserState.Unknown;
import java.util.List;

/** Walks one user through the journeys their events trigger. */
public final class UserMachine implements Machine<UserState, UserInput, UserOutput> {

  private final Rules rules;

  public UserMachine(Rules rules) {
    this.rules = rules;
  }

  public Rules rules() {
    return rules;
  }

  @Override
  public UserState initial() {
    return Unknown.UNKNOWN;
  }

  @Override
  public Step<UserState, UserOutput> step(UserState state, Input<UserInput> input) {
    if (input instanceof Input.Arrived<UserInput>(UserInput.Happened(var event), _)) {
      return new Step<>(
          state,
          List.of(new Effect.Emit<>(new UserOutput.Note(new Fact.Heard(event.subject(), event)))));
    }
    return Step.stay(state);
  }
}

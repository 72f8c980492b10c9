package dev.earshot.bench.micro;

import dev.earshot.engine.Input;
import dev.earshot.engine.Step;
import dev.earshot.engine.journey.UserInput;
import dev.earshot.engine.journey.UserMachine;
import dev.earshot.engine.journey.UserOutput;
import dev.earshot.engine.journey.UserState;
import dev.earshot.engine.journey.UserStateCodec;
import dev.earshot.event.Event;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The pure engine: one step of a user machine, whatever the number of journeys. */
@State(Scope.Thread)
public class EngineBench {

  @Param({"10", "100", "1000", "10000"})
  public int journeys;

  private UserMachine machine = new UserMachine(Load.rules(0));
  private final UserState[] states = new UserState[Load.USERS];
  private List<Event> events = List.of();
  private byte[] stored = {};
  private int next;

  @Setup
  public void prepare() {
    machine = new UserMachine(Load.rules(journeys));
    Arrays.fill(states, machine.initial());
    events = Load.events(journeys);
    for (int number = 0; number < Load.EVENTS; number++) {
      step();
    }
    stored = UserStateCodec.write(states[0]);
  }

  @Benchmark
  public Step<UserState, UserOutput> step() {
    var event = events.get(next % Load.EVENTS);
    int user = next % Load.EVENTS % Load.USERS;
    next++;
    var at = Load.START.plusSeconds(next);
    var step = machine.step(states[user], new Input.Arrived<>(new UserInput.Happened(event), at));
    states[user] = step.state();
    return step;
  }

  @Benchmark
  public byte[] writeState() {
    return UserStateCodec.write(states[0]);
  }

  @Benchmark
  public UserState readState() {
    return UserStateCodec.read(stored);
  }
}

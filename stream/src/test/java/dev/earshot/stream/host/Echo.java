package dev.earshot.stream.host;

import dev.earshot.engine.Effect;
import dev.earshot.engine.Input;
import dev.earshot.engine.Machine;
import dev.earshot.engine.Step;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.journey.UserInput;
import dev.earshot.event.JsonWriter;
import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A toy machine. It remembers the names of all events in a text, tells each as a fact with its
 * time, and obeys some of them: {@code set NAME SECONDS}, {@code cancel NAME}, {@code forget},
 * {@code fail}.
 */
final class Echo implements Hosting<String, UserInput, String> {

  @Override
  public String name() {
    return UserHosting.NAME;
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
  public Machine<String, UserInput, String> machine(List<Definition> active) {
    return new EchoMachine(active.size());
  }

  @Override
  public byte[] write(String state) {
    return state.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String read(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public Optional<String> repeatKey(UserInput input) {
    return Optional.of(input.subject().workspace() + '|' + input.id());
  }

  @Override
  public Route route(String output) {
    var json = new JsonWriter(64).open().member("said", output).close().bytes();
    return new Route.ToLog("w|u:echo", new Outgoing(Topic.FACTS, "id", "w", output, json));
  }

  private record EchoMachine(int definitions) implements Machine<String, UserInput, String> {

    @Override
    public String initial() {
      return "";
    }

    @Override
    public Step<String, String> step(String state, Input<UserInput> input) {
      return switch (input) {
        case Input.TimerFired<UserInput>(var timer, var at, _) -> {
          if (timer.equals("broken")) {
            throw new IllegalStateException("a broken timer");
          }
          yield new Step<>(state, List.of(say(timer + "!", at)));
        }
        case Input.Arrived<UserInput>(UserInput.Happened(var event), var at) ->
            obey(state, event.subject().id(), event.name().split(" ", -1), at);
        case Input.Arrived<UserInput> _ -> Step.stay(state);
      };
    }

    private Step<String, String> obey(String state, String id, String[] words, Instant at) {
      var heard = state + words[0] + ' ';
      return switch (words[0]) {
        case "set" ->
            new Step<>(
                heard,
                List.of(
                    new Effect.SetTimer<>(
                        words[1], at.plus(Duration.ofSeconds(Long.parseLong(words[2]))))));
        case "cancel" -> new Step<>(heard, List.of(new Effect.CancelTimer<>(words[1])));
        case "forget" -> Step.stay("");
        case "fail" -> throw new IllegalStateException("asked to fail");
        case "count" -> new Step<>(heard, List.of(say(definitions + " definitions", at)));
        default -> new Step<>(heard, List.of(say(id + " " + words[0], at)));
      };
    }

    private static Effect<String> say(String what, Instant at) {
      return new Effect.Emit<>(what + " at " + at.getEpochSecond());
    }
  }
}

package dev.earshot.stream.host;

import dev.earshot.engine.Machine;
import dev.earshot.engine.definition.Definition;
import java.util.List;
import java.util.Optional;

/** What the host has to know of a kind of machine in order to run it. */
interface Hosting<S, I, O> {

  /** The name of its processor. */
  String name();

  /** Where its states are. */
  Section states();

  /** Where its timers are. */
  Section timers();

  /** The machine as it is while these definitions are active, in the order of their versions. */
  Machine<S, I, O> machine(List<Definition> active);

  byte[] write(S state);

  S read(byte[] bytes);

  /** By which a repeat of the input is recognised; empty when the machine needs no such help. */
  Optional<String> repeatKey(I input);

  /** What an output is, once it has left the machine. */
  Route route(O output);

  /** Whereto an output goes: to the log, or to the other machine. */
  sealed interface Route {

    record ToLog(String key, Outgoing record) implements Route {}

    record ToMachine(String name, String key, Object input) implements Route {}
  }
}

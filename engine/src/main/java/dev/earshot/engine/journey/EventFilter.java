package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Condition;
import dev.earshot.engine.audience.Scene;
import java.util.Optional;

/** Which events are meant: those of a name, and of these the ones that meet a condition. */
public record EventFilter(String event, Optional<Condition> where) {

  /** Whether the event in the scene, of which the name is known to fit, is meant. */
  boolean meets(Scene scene) {
    return where.isEmpty() || where.get().holds(scene);
  }
}

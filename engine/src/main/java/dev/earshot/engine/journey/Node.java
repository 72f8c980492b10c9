package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Condition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One step of a journey, in the flat list that a run walks. It names the steps that follow by their
 * index; the length of the list is the end.
 */
public sealed interface Node {

  /** Where the step stands in its definition: {@code steps[2].then[0]}. */
  String path();

  /**
   * A message is sent.
   *
   * @param expiresAfter how long it is worth sending
   */
  record Send(
      String path,
      String channel,
      String destination,
      @Nullable String template,
      Duration expiresAfter,
      int next)
      implements Node {}

  /** Time passes. */
  record Wait(String path, Duration duration, int next) implements Node {}

  /** The run goes on with {@code then} when the event comes, else with {@code otherwise}. */
  record WaitFor(String path, EventFilter filter, Duration within, int then, int otherwise)
      implements Node {}

  /** The run goes on one way or the other. */
  record Branch(String path, Condition condition, int then, int otherwise) implements Node {}
}

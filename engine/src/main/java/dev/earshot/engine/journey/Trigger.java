package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Condition.Did;
import dev.earshot.engine.audience.Condition.First;
import java.time.Duration;
import java.util.Optional;

/** What starts a journey. */
public sealed interface Trigger {

  /** Every event that is meant. */
  record On(EventFilter filter) implements Trigger {}

  /** An event with which a count is reached. */
  record Counted(Did did) implements Trigger {}

  /** The first event of its name, ever. */
  record FirstEver(First first) implements Trigger {}

  /** Silence: the user did nothing for this long. */
  record Absent(Duration period) implements Trigger {}

  /** The event with which it can start; absence has none. */
  default Optional<String> event() {
    return switch (this) {
      case On(var filter) -> Optional.of(filter.event());
      case Counted(var did) -> Optional.of(did.metric().event());
      case FirstEver(var first) -> Optional.of(first.event());
      case Absent _ -> Optional.empty();
    };
  }
}

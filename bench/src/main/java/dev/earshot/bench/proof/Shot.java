package dev.earshot.bench.proof;

import java.util.Optional;

/**
 * One event of a load, and what must come of it.
 *
 * @param number of the request, which no other has
 * @param event the number in its message id: that of an earlier shot when it is a repeat
 */
record Shot(long number, long event, Workspace workspace, String user, Purpose purpose) {

  /** What comes of an event. */
  sealed interface Purpose {

    /** Nothing but a fact. */
    record Passes() implements Purpose {}

    /** A message. */
    record Sends(Destination to) implements Purpose {}

    /** A message to a plain destination, some time later. */
    record SendsLater() implements Purpose {}

    /** No fact, but an entry in quarantine: it says that something was done, and not what. */
    record Poison() implements Purpose {}
  }

  Shot again(long repeat) {
    return new Shot(repeat, event, workspace, user, purpose);
  }

  /** Where the message about it goes, if it has one. */
  Optional<Destination> destination() {
    return switch (purpose) {
      case Purpose.Sends(var to) -> Optional.of(to);
      case Purpose.SendsLater() -> Optional.of(Destination.PLAIN);
      case Purpose.Passes _, Purpose.Poison _ -> Optional.empty();
    };
  }

  boolean isPoison() {
    return purpose instanceof Purpose.Poison;
  }
}

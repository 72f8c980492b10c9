package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import java.time.Instant;
import java.util.Optional;

/**
 * Which deliveries are meant; what is empty leaves all.
 *
 * @param reason a part of the reason why the latest attempt did not succeed
 */
record DeliveryFilter(
    String workspace,
    Optional<String> state,
    Optional<String> journey,
    Optional<String> destination,
    Optional<String> reason) {

  boolean matches(Open open) {
    var delivery = open.progress().delivery();
    return delivery.subject().workspace().equals(workspace)
        && state.filter(wanted -> !wanted.equals(state(open))).isEmpty()
        && journey.filter(wanted -> !wanted.equals(delivery.journey())).isEmpty()
        && destination.filter(wanted -> !wanted.equals(delivery.destination())).isEmpty()
        && reason.filter(wanted -> !reason(open).contains(wanted)).isEmpty();
  }

  static String state(Open open) {
    return switch (open) {
      case InFlight _ -> "in-flight";
      case Waiting _ -> "waiting";
      case Dead _ -> "dead";
    };
  }

  /** Why it has not succeeded yet; empty while the first attempt is under way. */
  static String reason(Open open) {
    return switch (open) {
      case InFlight _ ->
          open.progress().past().isEmpty() ? "" : open.progress().past().getLast().outcome();
      case Waiting(_, var reason, _) -> reason;
      case Dead(_, var reason, _) -> reason;
    };
  }

  /** When it came into the state it is in, or when it leaves it again if that is what is known. */
  static Instant at(Open open) {
    return switch (open) {
      case InFlight(_, var startedAt) -> startedAt;
      case Waiting(_, _, var nextAttemptAt) -> nextAttemptAt;
      case Dead(_, _, var diedAt) -> diedAt;
    };
  }
}

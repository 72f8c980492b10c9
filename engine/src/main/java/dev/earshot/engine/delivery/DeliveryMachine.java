package dev.earshot.engine.delivery;

import static dev.earshot.engine.delivery.DeliveryState.Unknown.UNKNOWN;

import dev.earshot.engine.Effect;
import dev.earshot.engine.Effect.CancelTimer;
import dev.earshot.engine.Effect.Emit;
import dev.earshot.engine.Effect.SetTimer;
import dev.earshot.engine.Input;
import dev.earshot.engine.Input.Arrived;
import dev.earshot.engine.Input.TimerFired;
import dev.earshot.engine.Machine;
import dev.earshot.engine.Step;
import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInput.Requested;
import dev.earshot.engine.delivery.DeliveryOutput.Tell;
import dev.earshot.engine.delivery.DeliveryOutput.Try;
import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.DeliveryState.Unknown;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sees one delivery through: attempts it, backs off, and in the end delivers it or gives up. */
public final class DeliveryMachine
    implements Machine<DeliveryState, DeliveryInput, DeliveryOutput> {

  /**
   * How long an attempt may stay without a report before it is made again. It counts as not made:
   * no sender may have come to it in all that time, which is not the message's fault.
   */
  public static final Duration REPORT_WITHIN = Duration.ofMinutes(10);

  /** How long before that an attempt must be started, so that it ends in time. */
  public static final Duration ATTEMPT_TIME = Duration.ofMinutes(1);

  public static final Duration RETRY_AFTER_MIN = Duration.ofSeconds(1);
  public static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);
  public static final Duration POSTPONED_MIN = Duration.ofMillis(100);

  /** How long a redriven message is worth sending, at least. */
  public static final Duration REDRIVEN_LIFE = Duration.ofHours(24);

  /** How long a dead delivery waits for somebody to decide about it. */
  public static final Duration DEAD_KEPT = Duration.ofDays(30);

  /** The only timer: a delivery never waits for two things at once. */
  static final String NEXT = "next";

  private static final Postponed NO_REPORT =
      new Postponed("no report within " + REPORT_WITHIN.toMinutes() + " min", REPORT_WITHIN);
  private static final String ITS_TURN = "waits for its turn";
  private static final String NOBODY = "nobody within " + DEAD_KEPT.toDays() + " days";

  private final RetryPolicies policies;

  public DeliveryMachine(RetryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public DeliveryState initial() {
    return UNKNOWN;
  }

  @Override
  public Step<DeliveryState, DeliveryOutput> step(DeliveryState state, Input<DeliveryInput> input) {
    return switch (state) {
      case Unknown()
          when input
              instanceof Arrived<DeliveryInput>(Requested(var delivery, var notBefore), var at) ->
          begin(Progress.begin(delivery), notBefore, at);

      // A report may be late or repeated: only the attempt in flight can fail, but whichever
      // attempt was accepted, even one of a dead delivery, the user has the message.
      case Open open
          when input
              instanceof Arrived<DeliveryInput>(Reported(_, _, Accepted(var detail)), var at) ->
          end(Notice.DELIVERED, open.progress(), detail, at);

      case InFlight flight
          when input instanceof Arrived<DeliveryInput>(Reported(_, var number, var outcome), var at)
              && number == flight.progress().number() ->
          conclude(flight, outcome, at);
      case InFlight flight when input instanceof TimerFired<DeliveryInput>(_, _, var at) ->
          postpone(flight, NO_REPORT, at);

      case Waiting waiting when input instanceof TimerFired<DeliveryInput>(_, _, var at) ->
          attempt(waiting.progress(), at);

      case Dead dead when input instanceof Arrived<DeliveryInput>(Redriven(_, var by), var at) ->
          redrive(dead, by, at);
      case Dead dead when input instanceof Arrived<DeliveryInput>(Discarded(_, var by), var at) ->
          end(Notice.DISCARDED, dead.progress(), by, at);
      case Dead dead when input instanceof TimerFired<DeliveryInput>(_, _, var at) ->
          end(Notice.DISCARDED, dead.progress(), NOBODY, at);

      case Unknown _, InFlight _, Waiting _, Dead _ -> Step.stay(state);
    };
  }

  private static Step<DeliveryState, DeliveryOutput> begin(
      Progress progress, Instant notBefore, Instant at) {
    return notBefore.isAfter(at) ? wait(progress, ITS_TURN, notBefore) : attempt(progress, at);
  }

  private static Step<DeliveryState, DeliveryOutput> attempt(Progress progress, Instant at) {
    var expiresAt = progress.delivery().expiresAt();
    if (!at.isBefore(expiresAt)) {
      return end(Notice.EXPIRED, progress, lastOutcome(progress), at);
    }
    var next = progress.nextAttempt();
    var reportBy = at.plus(REPORT_WITHIN);
    var attempt = new Attempt(next.delivery(), next.number(), reportBy.minus(ATTEMPT_TIME));
    return new Step<>(
        new InFlight(next, at),
        List.of(new Emit<>(new Try(attempt)), new SetTimer<>(NEXT, reportBy)));
  }

  private Step<DeliveryState, DeliveryOutput> conclude(
      InFlight flight, Outcome outcome, Instant at) {
    return switch (outcome) {
      case Accepted(var detail) -> end(Notice.DELIVERED, flight.progress(), detail, at);
      case Refused(var reason) ->
          die(flight.progress().failed(flight.startedAt(), at, "refused: " + reason), reason, at);
      case Deferred deferred -> fail(flight, deferred, at);
      case Postponed postponed -> postpone(flight, postponed, at);
    };
  }

  private Step<DeliveryState, DeliveryOutput> fail(InFlight flight, Deferred deferred, Instant at) {
    var progress =
        flight.progress().failed(flight.startedAt(), at, "deferred: " + deferred.reason());
    var policy = policies.of(progress.delivery());
    if (progress.used() >= policy.attemptsMax()) {
      return die(progress, deferred.reason(), at);
    }
    var delay =
        deferred
            .retryAfter()
            .map(asked -> RetryPolicy.clamp(asked, RETRY_AFTER_MIN, RETRY_AFTER_MAX))
            .orElseGet(() -> policy.delay(progress.used(), chance(progress)));
    return wait(progress, deferred.reason(), at.plus(delay));
  }

  /** Comes back up to a quarter later than asked, so that not all return in one instant. */
  private static Step<DeliveryState, DeliveryOutput> postpone(
      InFlight flight, Postponed postponed, Instant at) {
    var progress =
        flight.progress().postponed(flight.startedAt(), at, "postponed: " + postponed.reason());
    var delay = RetryPolicy.clamp(postponed.delay(), POSTPONED_MIN, RETRY_AFTER_MAX);
    var spread = RetryPolicy.share(delay.dividedBy(4), chance(progress));
    return wait(progress, postponed.reason(), at.plus(delay).plus(spread));
  }

  private static Step<DeliveryState, DeliveryOutput> wait(
      Progress progress, String reason, Instant until) {
    var expiresAt = progress.delivery().expiresAt();
    var next = until.isBefore(expiresAt) ? until : expiresAt;
    return new Step<>(
        new Waiting(progress, PastAttempt.shortened(reason), next),
        List.of(new SetTimer<>(NEXT, next)));
  }

  private static Step<DeliveryState, DeliveryOutput> die(
      Progress progress, String reason, Instant at) {
    return new Step<>(
        new Dead(progress, PastAttempt.shortened(reason), at),
        List.of(
            tell(Notice.FAILED, progress, reason, at), new SetTimer<>(NEXT, at.plus(DEAD_KEPT))));
  }

  private static Step<DeliveryState, DeliveryOutput> redrive(Dead dead, String by, Instant at) {
    var progress = dead.progress().redriven(at.plus(REDRIVEN_LIFE));
    var attempt = attempt(progress, at);
    List<Effect<DeliveryOutput>> effects = new ArrayList<>(attempt.effects());
    effects.addFirst(tell(Notice.REDRIVEN, progress, by, at));
    return new Step<>(attempt.state(), effects);
  }

  private static Step<DeliveryState, DeliveryOutput> end(
      Notice notice, Progress progress, String remark, Instant at) {
    return new Step<>(
        UNKNOWN, List.of(tell(notice, progress, remark, at), new CancelTimer<>(NEXT)));
  }

  private static Emit<DeliveryOutput> tell(
      Notice notice, Progress progress, String remark, Instant at) {
    return new Emit<>(new Tell(notice.event(progress, remark, at)));
  }

  private static String lastOutcome(Progress progress) {
    return progress.past().isEmpty() ? "not tried yet" : progress.past().getLast().outcome();
  }

  private static long chance(Progress progress) {
    return Chance.of(progress.delivery().id(), progress.number());
  }
}

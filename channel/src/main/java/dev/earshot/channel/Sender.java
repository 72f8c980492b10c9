package dev.earshot.channel;

import dev.earshot.channel.Preparation.Prepared;
import dev.earshot.channel.Preparation.Target.Nowhere;
import dev.earshot.channel.Preparation.Target.Somewhere;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.stream.AttemptQueue;
import dev.earshot.stream.AttemptQueue.Ticket;
import dev.earshot.stream.DefinitionStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes attempts, makes each on a virtual thread of its own, and reports how it ended. Every
 * attempt that is taken is reported, whatever happens to it, unless the process ends before.
 */
public final class Sender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private static final Duration TAKE_TIME = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** What its queue should hand out at once, by weight: 16 MB of records at most. */
  public static final int IN_HAND_MAX = 8192;

  /** The rest is there for all the other destinations. */
  private static final int WAITING_MAX = IN_HAND_MAX * 3 / 4;

  /** Longer than any channel takes for an attempt. */
  private static final Duration DRAIN_TIME = Duration.ofSeconds(20);

  private final AttemptQueue queue;
  private final Preparation preparation;
  private final InstantSource clock;
  private final SenderMeters meters;
  private final WaitingRoom room = new WaitingRoom(WAITING_MAX);
  private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread taker = Thread.ofPlatform().name("sender").daemon().unstarted(this::run);
  private volatile boolean closing;

  /**
   * @param channels by their word: {@code email}, {@code webhook}
   */
  public Sender(
      AttemptQueue queue,
      DefinitionStore definitions,
      Map<String, Channel> channels,
      InstantSource clock,
      MeterRegistry registry) {
    this.queue = queue;
    this.preparation = new Preparation(definitions, channels, registry);
    this.clock = clock;
    this.meters = new SenderMeters(registry);
  }

  public void start() {
    taker.start();
  }

  /**
   * Takes no more, and waits for what is under way; what waits for its turn goes back unsent. The
   * queue is its owner's to close.
   */
  @Override
  public void close() {
    closing = true;
    room.close();
    lanes.values().forEach(Lane::momentPassed);
    taker.interrupt();
    attempts.shutdown();
    try {
      taker.join();
      if (!attempts.awaitTermination(DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Attempts were still under way after {} s", DRAIN_TIME.toSeconds());
        attempts.shutdownNow();
      }
    } catch (InterruptedException e) {
      attempts.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long moment = System.nanoTime();
    while (!closing) {
      try {
        queue.take(TAKE_TIME).forEach(ticket -> attempts.execute(() -> handle(ticket)));
      } catch (RuntimeException e) {
        recover(e);
      }
      if (System.nanoTime() - moment >= Lane.MOMENT.toNanos()) {
        moment = System.nanoTime();
        lanes.values().forEach(Lane::momentPassed);
      }
    }
  }

  private void recover(RuntimeException failure) {
    if (closing) {
      return;
    }
    LOG.error("Attempts cannot be taken", failure);
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      // Only close() interrupts, and the loop looks at that next.
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Ticket ticket) {
    var outcome = outcome(ticket);
    meters.ended(ticket.attempt().delivery(), outcome);
    try {
      queue.report(ticket, outcome);
    } catch (RuntimeException e) {
      LOG.error("The outcome of delivery {} is not reported", id(ticket.attempt()), e);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // an Error too must not lose the ticket
  private Outcome outcome(Ticket ticket) {
    try {
      return switch (preparation.target(ticket.attempt().delivery())) {
        case Somewhere(var channel, _) -> inLane(ticket, channel);
        case Nowhere(var outcome) -> outcome;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Lane.STOPPING;
    } catch (Throwable e) {
      return ours(ticket.attempt(), e);
    }
  }

  /** Rendered only once it has its place: thousands may wait for one. */
  private Outcome inLane(Ticket ticket, Channel target) throws InterruptedException {
    var lane = lane(ticket.attempt(), target);
    var postponed = lane.enter(ticket.weight());
    if (postponed.isPresent()) {
      return postponed.get();
    }
    boolean asks = false;
    try {
      var prepared = prepared(ticket.attempt());
      asks = prepared instanceof Prepared.Ready;
      return switch (prepared) {
        case Prepared.Ready(var channel, var message) -> ask(lane, channel, message);
        case Prepared.Unready(var outcome) -> outcome;
      };
    } finally {
      if (!asks) {
        lane.withdraw();
      }
    }
  }

  private Prepared prepared(Attempt attempt) {
    return tooLate(attempt, clock.instant())
        .<Prepared>map(Prepared.Unready::new)
        .orElseGet(() -> preparation.prepare(attempt));
  }

  private Outcome ask(Lane lane, Channel channel, Message message) {
    var startedAt = clock.instant();
    Outcome outcome = new Postponed("stopped: the attempt did not end", Duration.ZERO);
    var asking = lane.ask();
    try {
      outcome = send(channel, message);
    } finally {
      outcome = lane.leave(asking, outcome, Duration.between(startedAt, clock.instant()));
    }
    return outcome;
  }

  private Outcome send(Channel channel, Message message) {
    var delivery = message.delivery();
    return meters.timed(
        delivery,
        () -> {
          try {
            return channel.send(message);
          } catch (RuntimeException e) {
            return ours(message.attempt(), e);
          }
        });
  }

  /**
   * A delivery that has expired, or whose machine no longer waits for this attempt, goes back
   * unsent; the machine decides what becomes of it.
   */
  private static Optional<Outcome> tooLate(Attempt attempt, Instant now) {
    boolean expired = !now.isBefore(attempt.delivery().expiresAt());
    boolean given = now.isAfter(attempt.startBy());
    return expired || given
        ? Optional.of(new Postponed("late: it was not started in time", Duration.ZERO))
        : Optional.empty();
  }

  private static Outcome ours(Attempt attempt, Throwable failure) {
    LOG.error("Delivery {} failed through a fault of ours", id(attempt), failure);
    return Reasons.deferred("internal", failure.getClass().getSimpleName());
  }

  private static String id(Attempt attempt) {
    return attempt.delivery().id();
  }

  private Lane lane(Attempt attempt, Channel channel) {
    var delivery = attempt.delivery();
    var key =
        new LaneKey(delivery.subject().workspace(), delivery.channel(), delivery.destination());
    return lanes.computeIfAbsent(
        key,
        _ -> {
          var lane = new Lane(clock, room, channel.attemptsMax());
          meters.watch(delivery, lane);
          return lane;
        });
  }

  /** There are as many as there are destinations defined: only for those is a lane asked for. */
  private record LaneKey(String workspace, String channel, String destination) {}
}

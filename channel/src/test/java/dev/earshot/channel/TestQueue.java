package dev.earshot.channel;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.stream.AttemptQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Attempts to be made, and what was reported of each, by the delivery's id. */
final class TestQueue implements AttemptQueue {

  final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Attempt> waiting = new LinkedBlockingQueue<>();

  private record Slip(Attempt attempt) implements Ticket {}

  void add(Delivery delivery) {
    waiting.add(new Attempt(delivery, 1));
  }

  void add(Attempt attempt) {
    waiting.add(attempt);
  }

  @Override
  public List<Ticket> take(Duration timeout) {
    try {
      var first = waiting.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        return List.of();
      }
      List<Attempt> taken = new ArrayList<>(List.of(first));
      waiting.drainTo(taken, 499);
      return taken.stream().<Ticket>map(Slip::new).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public void report(Ticket ticket, Outcome outcome) {
    var former = outcomes.put(ticket.attempt().delivery().id(), outcome);
    if (former != null) {
      throw new IllegalStateException("reported twice: " + ticket.attempt().delivery().id());
    }
  }

  @Override
  public void close() {}
}

package dev.earshot.bench.micro;

import dev.earshot.event.Event;
import dev.earshot.event.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rules of {@link Load#rules} written out over hash maps that change in place: the least that
 * anybody could do about an event. It keeps nothing, tells nothing, and forgives no repeat.
 */
public final class PlainFold {

  private static final int WANTED = 3;
  private static final long WITHIN_MILLIS = 3_600_000;

  private final Map<String, List<Integer>> rules = new HashMap<>();
  private final Map<String, Map<Integer, Deque<Long>>> users = new HashMap<>();
  private final List<Event> events;
  private int next;
  private long entered;

  public PlainFold(int journeys) {
    for (int number = 0; number < journeys; number++) {
      rules.computeIfAbsent(Load.name(number / Load.TOUCHED), _ -> new ArrayList<>()).add(number);
    }
    events = Load.events(journeys);
  }

  /** Applies the rules to the next event; returns how often one of them held so far. */
  public long step() {
    var event = events.get(next % events.size());
    long at = Load.START.toEpochMilli() + 1000L * ++next;
    var user = users.computeIfAbsent(Objects.requireNonNull(event.userId()), _ -> new HashMap<>());
    for (int rule : rules.getOrDefault(event.name(), List.of())) {
      if (holds(rule, event, user, at)) {
        entered++;
      }
    }
    return entered;
  }

  private static boolean holds(int rule, Event event, Map<Integer, Deque<Long>> user, long at) {
    return switch (rule % Load.TOUCHED) {
      case 0, 1 ->
          event.properties().fields().get("amount") instanceof Value.Decimal(var amount)
              && amount > 1000;
      case 2, 3 -> counts(user.computeIfAbsent(rule, _ -> new ArrayDeque<>()), at);
      default -> false;
    };
  }

  private static boolean counts(Deque<Long> times, long at) {
    times.addLast(at);
    while (times.getFirst() <= at - WITHIN_MILLIS) {
      times.removeFirst();
    }
    return times.size() >= WANTED;
  }
}

package dev.earshot.engine.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs random journeys against random people: their events come late and from the past, ids turn
 * out to be one user, what subjects tell one another is delayed, clocks jump, outcomes come late
 * and more than once, and definitions change on the way. The seed is the whole reproduction: run it
 * again with {@code -Dearshot.seed=N}.
 */
@Tag("slow")
class UserSimulationTest {

  private static final int SEEDS = 1_000;

  @Test
  void whateverHappensTheInvariantsHold() {
    var replayed = Long.getLong("earshot.seed");
    if (replayed != null) {
      new History(replayed).run();
      return;
    }
    int deliveries = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      deliveries += run(seed);
    }
    assertTrue(deliveries > SEEDS, "the histories are eventful: " + deliveries);
  }

  private static int run(long seed) {
    try {
      return new History(seed).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("failed with seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static final class History {
    private static final int STEPS = 50;

    private final Random random;
    private final RandomJourneys journeys;
    private final Set<String> happened = new TreeSet<>();
    private final List<Event> outcomes = new ArrayList<>();
    private final World world;
    private Rules rules;
    private int outcomesMade;

    History(long seed) {
      random = new Random(seed);
      journeys = new RandomJourneys(random);
      rules = Rules.EMPTY;
      for (int journey = 0; journey < 6; journey++) {
        rules = rules.with(List.of(journeys.journey("j" + journey, 1)));
      }
      assertEquals(List.of(), rules.unreadable());
      world = new World(rules, new Invariants()::hold);
    }

    int run() {
      for (int step = 0; step < STEPS; step++) {
        next(step);
        reportOutcomes();
      }
      world.settle();
      Invariants.everyEventWasHeardOnce(world, happened);
      return world.deliveries.size();
    }

    private void next(int step) {
      switch (random.nextInt(16)) {
        case 0 -> world.passes(Duration.ofSeconds(random.nextInt(20_000)));
        case 1, 2 -> world.passes(Duration.ofSeconds(random.nextInt(600)));
        case 3 -> world.jumps(Duration.ofSeconds(random.nextInt(-4_000, 4_000)));
        case 4 -> publish(step);
        case 5, 6 -> hearOneForward();
        case 7 -> hearOutcome();
        case 8 -> appended(past(event("h" + step)));
        default -> appended(event("e" + step));
      }
    }

    private void publish(int step) {
      var id = "j" + random.nextInt(6);
      var definition = journeys.journey(id, 2 + step);
      rules = rules.with(List.of(random.nextInt(4) == 0 ? Given.retired(definition) : definition));
      world.publish(rules);
    }

    private void hearOneForward() {
      if (!world.forwards().isEmpty()) {
        world.appended(world.forwards().poll());
      }
    }

    private void hearOutcome() {
      if (!outcomes.isEmpty()) {
        appended(outcomes.remove(random.nextInt(outcomes.size())));
      }
    }

    private void appended(Event event) {
      happened.add(event.id());
      world.appended(new UserInput.Happened(event));
    }

    /** Each message is delivered some time later, and sometimes it is reported twice. */
    private void reportOutcomes() {
      for (; outcomesMade < world.deliveries.size(); outcomesMade++) {
        var delivery = world.deliveries.get(outcomesMade);
        int reports = random.nextInt(3);
        for (int report = 0; report < reports; report++) {
          outcomes.add(outcome(delivery, report));
        }
      }
    }

    private Event outcome(Delivery delivery, int report) {
      var subject = delivery.subject();
      boolean isUser = subject.kind() == Subject.Kind.USER;
      var event =
          Given.of(
              delivery.id() + '/' + report,
              EventType.TRACK,
              "Message Delivered",
              isUser ? subject.id() : null,
              isUser ? null : subject.id(),
              "{'run': '" + delivery.run() + "', 'delivery': '" + delivery.id() + "'}");
      return Given.from(Origin.EARSHOT, event, world.now());
    }

    private Event event(String id) {
      var user = "u" + random.nextInt(3);
      var visitor = "v" + random.nextInt(3);
      return switch (random.nextInt(12)) {
        case 0 -> Given.group(id, user, "acme" + random.nextInt(2), account());
        case 1 ->
            Given.of(id, EventType.IDENTIFY, "User Identified", user, visitor, "{'plan': 'free'}");
        case 2 ->
            Given.of(id, EventType.IDENTIFY, "User Identified", user, null, "{'plan': 'pro'}");
        case 3 -> Given.alias(id, user, random.nextBoolean() ? visitor : "u" + random.nextInt(3));
        case 4, 5, 6 -> track(id, null, visitor);
        default -> track(id, user, null);
      };
    }

    private Event track(String id, @Nullable String user, @Nullable String visitor) {
      return Given.of(
          id,
          EventType.TRACK,
          journeys.event().replace("'", ""),
          user,
          visitor,
          journeys.properties());
    }

    private String account() {
      return "{'employees': " + random.nextInt(10) + '}';
    }

    private Event past(Event event) {
      var before = world.now().minus(Duration.ofHours(random.nextInt(2_000)));
      return Given.from(Origin.HISTORY, event, before);
    }
  }
}

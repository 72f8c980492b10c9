package dev.earshot.engine.journey;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is true after every step, whatever happened: fed with all that comes out of a world. */
final class Invariants {

  private final Set<String> deliveryIds = new HashSet<>();
  private final Set<String> decisionIds = new HashSet<>();
  private final Set<String> factIds = new HashSet<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  /** From which delivery on a subject knows of its own: it forgets when it moves elsewhere. */
  private final Map<Subject, Integer> ownFrom = new HashMap<>();

  private int deliveriesSeen;
  private int decisionsSeen;
  private int factsSeen;

  /** All that must be so after a subject took a step. */
  void hold(World world, Subject subject) {
    for (; decisionsSeen < world.decisions.size(); decisionsSeen++) {
      decided(world.decisions.get(decisionsSeen));
    }
    for (; deliveriesSeen < world.deliveries.size(); deliveriesSeen++) {
      delivered(world, world.deliveries.get(deliveriesSeen));
    }
    for (; factsSeen < world.facts.size(); factsSeen++) {
      noted(world.facts.get(factsSeen));
    }
    stands(world, subject);
  }

  static void everyEventWasHeardOnce(World world, Set<String> happened) {
    var heard = new TreeMap<String, Integer>();
    for (var fact : world.facts) {
      if (fact instanceof Fact.Heard(_, var event)) {
        heard.merge(event.id(), 1, Integer::sum);
      }
    }
    assertEquals(happened, heard.keySet(), "every event is a fact");
    heard.forEach((id, times) -> assertEquals(1, times, "an event is one fact: " + id));
  }

  private void decided(Decision decision) {
    assertTrue(
        decisionIds.add(decision.subject() + decision.id()),
        "a decision is made once: " + decision);
    boolean passed = decision.gates().stream().allMatch(Decision.Gate::passed);
    if (decision.verdict() == Verdict.ENTERED) {
      assertTrue(passed, "who enters has passed every gate");
    }
    if (decision.verdict() == Verdict.NOT_ENTERED) {
      assertFalse(decision.gates().getLast().passed(), "the last gate decided");
    }
    var run = decision.run();
    if (run != null) {
      assertEquals(
          decision.version(),
          versions.computeIfAbsent(run, _ -> decision.version()),
          "a run keeps its version");
    }
  }

  private void delivered(World world, Delivery delivery) {
    assertTrue(deliveryIds.add(delivery.id()), "a delivery id is used once");
    assertFalse(ended.contains(delivery.run()), "a run that ended sends nothing");
    assertEquals(versions.get(delivery.run()), delivery.journeyVersion());
    spaced(world, delivery);
    var journey =
        world
            .rules()
            .journey(World.WORKSPACE, delivery.journey(), delivery.journeyVersion())
            .orElseThrow();
    journey
        .cap()
        .ifPresent(cap -> {
          var from = delivery.decidedAt().minus(cap.within());
          long sent =
              own(world, delivery, deliveriesSeen + 1)
                  .filter(other -> other.decidedAt().isAfter(from))
                  .count();
          assertTrue(sent <= cap.messages(), "no message beyond the cap");
        });
  }

  private void spaced(World world, Delivery delivery) {
    var turn = turn(world, delivery);
    assertFalse(turn.isBefore(world.now()), "no turn is past");
    boolean late = delivery.decidedAt().isBefore(world.now().minusSeconds(60));
    if (late || turn.isAfter(world.now())) {
      own(world, delivery, deliveriesSeen)
          .filter(other -> other.channel().equals(delivery.channel()))
          .forEach(other ->
              assertTrue(
                  Duration.between(turn(world, other), turn).abs().toSeconds() >= 60,
                  "whoever is late or waits keeps a minute from the others"));
    }
  }

  private static Instant turn(World world, Delivery delivery) {
    return requireNonNull(world.turns.get(delivery.id()));
  }

  /** What the subject of the delivery was sent before, as far as it knows. */
  private Stream<Delivery> own(World world, Delivery delivery, int until) {
    return world.deliveries.subList(ownFrom.getOrDefault(delivery.subject(), 0), until).stream()
        .filter(other -> other.subject().equals(delivery.subject()));
  }

  private void noted(Fact fact) {
    if (fact instanceof Fact.Made made) {
      assertTrue(factIds.add(made.subject() + made.id()), "a move is one fact: " + made);
      boolean ends =
          made.name().equals("Journey Exited") || made.name().equals("Journey Completed");
      if (ends) {
        var run = made.properties().get("run").shown();
        assertTrue(ended.add(run), "a run ends once");
      }
    }
  }

  private void stands(World world, Subject subject) {
    var expected = new TreeMap<String, Instant>();
    if (world.state(subject) instanceof Person person) {
      var runs = person.progress().runs();
      for (var run : runs) {
        expected.put(run.timer(), run.dueAt());
        assertEquals(versions.get(run.id()), run.version(), "a run keeps its version");
        assertFalse(ended.contains(run.id()), "a run that ended is gone");
      }
      assertEquals(
          runs.size(),
          runs.stream().map(Run::journey).distinct().count(),
          "a journey is walked once at a time");
      assertTrue(runs.size() <= Entrance.RUNS_MAX);
      if (person.progress().silence().watched()) {
        expected.put(Silence.TIMER, person.progress().silence().dueAt());
      }
    }
    if (world.state(subject) instanceof UserState.MovedTo) {
      ownFrom.put(subject, deliveriesSeen);
    }
    assertEquals(expected, world.timers(subject), "what waits has one timer, and nothing else has");
  }
}

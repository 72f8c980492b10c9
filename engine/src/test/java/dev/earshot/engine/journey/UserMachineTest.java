package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.identify;
import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.json;
import static dev.earshot.engine.journey.Given.rules;
import static dev.earshot.engine.journey.Given.template;
import static dev.earshot.engine.journey.Given.track;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.event.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserMachineTest {

  private static final String CASE_STUDY =
      """
      {'name': 'Case study',
       'trigger': {'did': 'Pricing Viewed', 'at-least': 3, 'within': '24h'},
       'condition': {'all': [{'trait': 'plan', 'is': 'free'},
                             {'account': 'employees', 'at-least': 50}]},
       'steps': [{'send': {'channel': 'email', 'template': 'case-study'}}]}
      """;

  private static final String WELCOME =
      """
      {'trigger': {'event': 'Signed Up'},
       'steps': [{'send': {'channel': 'email', 'template': 'hello'}},
                 {'wait': '2d'},
                 {'send': {'channel': 'email', 'template': 'tips'}}],
       'exit': {'event': 'Subscription Started'}}
      """;

  /** The order of a map of two is another in each process; a replay must make the same bytes. */
  @Test
  void theDataOfAMessageIsInTheSameOrderInEveryProcess() {
    var world = new World(rules(journey("welcome", 1, WELCOME)));

    world.happens(track("s1", "Signed Up"));

    assertEquals(
        """
        {"user":{"id":"ada"},\
        "event":{"name":"Signed Up","at":"2026-01-01T12:00:00.000Z"},\
        "journey":{"id":"welcome","name":"welcome"},\
        "delivery":{"id":"%s"}}\
        """
            .formatted(world.deliveries.getFirst().id()),
        Json.text(world.deliveries.getFirst().data()));
  }

  @Test
  void theThirdVisitWithinADaySendsTheCaseStudy() {
    var world =
        new World(
            rules(journey("case-study", 1, CASE_STUDY), template("case-study", 4, World.START)));
    world.happens(identify("i1", "{'plan': 'free', 'email': 'ada@example.org'}"));
    world.happens(Given.group("g1", "ada", "acme", "{'employees': '60'}"));

    world.happens(track("p1", "Pricing Viewed"));
    world.happens(track("p2", "Pricing Viewed"));
    assertEquals(List.of(), world.deliveries);
    world.happens(track("p3", "Pricing Viewed", "{'page': 'pro'}"));

    assertEquals(1, world.deliveries.size());
    var delivery = world.deliveries.getFirst();
    var run = world.decisions.getLast().run();
    assertEquals(
        new Delivery(
            delivery.id(),
            ADA,
            "email",
            "email",
            "case-study",
            4,
            "case-study",
            1,
            run == null ? "" : run,
            "steps[0]",
            json(
                """
                {'user': {'plan': 'free', 'email': 'ada@example.org', 'id': 'ada'},
                 'account': {'employees': '60', 'id': 'acme'},
                 'event': {'page': 'pro', 'name': 'Pricing Viewed',
                           'at': '2026-01-01T12:00:00.000Z'},
                 'journey': {'id': 'case-study', 'name': 'Case study'},
                 'delivery': {'id': '%s'}}
                """
                    .formatted(delivery.id())),
            World.START,
            World.START.plus(Duration.ofDays(1))),
        delivery);
    assertTrue(delivery.id().matches("[a-z2-7]{26}"), delivery.id());
  }

  @Test
  void aVisitTooLongAgoIsNamedInTheDecision() {
    var world = new World(rules(journey("case-study", 1, CASE_STUDY)));

    world.happens(track("p1", "Pricing Viewed"));
    world.passes(Duration.ofMinutes(14));
    world.happens(track("p2", "Pricing Viewed"));
    world.passes(Duration.ofHours(24));
    world.happens(track("p3", "Pricing Viewed"));

    var decision = world.decisions.getLast();
    assertEquals(Verdict.NOT_ENTERED, decision.verdict());
    assertEquals(
        List.of(
            new Gate(
                "trigger count",
                false,
                "Pricing Viewed: 1 of 3 within 24 h; the second is 0 ms outside the window",
                json(
                    """
                    {'count': 1, 'wanted': 'at-least 3', 'within': '24 h',
                     'last': '2026-01-02T12:14:00.000Z'}
                    """))),
        decision.gates());
  }

  @Test
  void aConditionThatFailsIsNamedInTheDecision() {
    var world = new World(rules(journey("case-study", 1, CASE_STUDY)));
    world.happens(identify("i1", "{'plan': 'pro'}"));

    world.happens(track("p1", "Pricing Viewed"));
    world.happens(track("p2", "Pricing Viewed"));
    world.happens(track("p3", "Pricing Viewed"));

    assertEquals(
        new Gate(
            "condition",
            false,
            "trait plan is \"pro\" (wanted: is \"free\")",
            json("{'trait plan': 'pro'}")),
        world.decisions.getLast().gates().getLast());
    assertEquals(List.of(), world.deliveries);
  }

  @Test
  void aWaitIsWaitedOutAndTheJourneyEnds() {
    var world = new World(rules(journey("welcome", 1, WELCOME)));

    world.happens(track("e1", "Signed Up"));
    var run = world.person(ADA).progress().runs().getFirst();
    assertEquals(
        Map.of("run/" + run.id(), World.START.plus(Duration.ofDays(2))), world.timers(ADA));
    world.passes(Duration.ofDays(2));

    assertEquals(List.of("hello", "tips"), templates(world));
    assertNotEquals(world.deliveries.getFirst().id(), world.deliveries.getLast().id());
    assertEquals(List.of(), world.person(ADA).progress().runs());
    assertEquals(
        List.of(
            "Signed Up",
            "Journey Entered",
            "Message Decided",
            "Journey Moved",
            "Message Decided",
            "Journey Completed"),
        names(world));
  }

  @Test
  void anExitEndsTheRunAtOnce() {
    var world = new World(rules(journey("welcome", 1, WELCOME)));
    world.happens(track("e1", "Signed Up"));

    world.happens(track("e2", "Subscription Started"));

    assertEquals(Verdict.EXITED, world.decisions.getLast().verdict());
    assertEquals(Map.of(), world.timers(ADA));
    world.passes(Duration.ofDays(3));
    assertEquals(List.of("hello"), templates(world));
  }

  @Test
  void whoWasInAJourneyDoesNotEnterAgainUnlessItSaysSo() {
    var world =
        new World(
            rules(
                journey("once", 1, sendOn("Signed Up", "")),
                journey("weekly", 1, sendOn("Signed Up", ", 'reentry': '7d'")),
                journey("often", 1, sendOn("Signed Up", ", 'reentry': 'always'"))));

    world.happens(track("e1", "Signed Up"));
    world.passes(Duration.ofDays(6));
    world.happens(track("e2", "Signed Up"));
    world.passes(Duration.ofDays(1));
    world.happens(track("e3", "Signed Up"));

    assertEquals(
        List.of("often", "once", "weekly", "often", "often", "weekly"),
        world.deliveries.stream().map(Delivery::journey).toList());
    assertEquals(
        6, world.deliveries.stream().map(Delivery::id).distinct().count(), "each has its own id");
    assertEquals(
        "entered 6 days ago (wanted: not within 7 days)",
        explanations(world, "weekly", Verdict.NOT_ENTERED).getFirst());
  }

  @Test
  void theCapCountsTheMessagesOfAllJourneys() {
    var cap = ", 'reentry': 'always', 'cap': {'messages': 2, 'within': '7d'}";
    var world =
        new World(
            rules(
                journey("a", 1, sendOn("Signed Up", "")),
                journey("b", 1, sendOn("Signed Up", cap)),
                journey("c", 1, sendOn("Signed Up", cap))));

    world.happens(track("e1", "Signed Up"));

    assertEquals(List.of("a", "b"), world.deliveries.stream().map(Delivery::journey).toList());
    assertEquals(
        List.of("2 of 2 messages within 7 days were sent already"),
        explanations(world, "c", Verdict.SUPPRESSED));
    assertTrue(names(world).contains("Message Suppressed"));
  }

  @Test
  void theFirstEverStartsOnceAndSaysWhyNotLater() {
    var world =
        new World(
            rules(
                journey(
                    "tutorial",
                    1,
                    """
                    {'trigger': {'first': 'Feature Trial Started'}, 'reentry': 'always',
                     'steps': [{'send': {'channel': 'email', 'template': 't'}}]}
                    """)));

    world.happens(track("e1", "Feature Trial Started"));
    world.happens(track("e2", "Feature Trial Started"));

    assertEquals(1, world.deliveries.size());
    assertEquals(
        List.of("Feature Trial Started: happened 2 times, first on 2026-01-01T12:00:00.000Z"),
        explanations(world, "tutorial", Verdict.NOT_ENTERED));
  }

  @Test
  void branchesGoOneWayOrTheOtherAndOnAfterwards() {
    var world =
        new World(
            rules(
                journey(
                    "fork",
                    1,
                    """
                    {'trigger': {'event': 'Signed Up'}, 'reentry': 'always',
                     'steps': [
                       {'branch': {'if': {'property': 'plan', 'is': 'pro'},
                                   'then': [{'send': {'channel': 'email', 'template': 'pro'}}],
                                   'else': [{'send': {'channel': 'email', 'template': 'free'}}]}},
                       {'send': {'channel': 'webhook', 'destination': 'crm'}}]}
                    """)));

    world.happens(track("e1", "Signed Up", "{'plan': 'pro'}"));
    world.happens(track("e2", "Signed Up", "{'plan': 'basic'}"));

    assertEquals(
        List.of("pro", "crm", "free", "crm"),
        world.deliveries.stream()
            .map(it -> it.template() == null ? it.destination() : it.template())
            .toList());
  }

  private static String sendOn(String event, String more) {
    return "{'trigger': {'event': '"
        + event
        + "'}, 'steps': [{'send': {'channel': 'email', 'template': 't'}}]"
        + more
        + "}";
  }

  private static List<String> templates(World world) {
    return world.deliveries.stream().map(it -> String.valueOf(it.template())).toList();
  }

  static List<String> names(World world) {
    return world.facts.stream()
        .map(fact ->
            switch (fact) {
              case Fact.Heard(_, var event) -> event.name();
              case Fact.Made made -> made.name();
            })
        .toList();
  }

  private static List<String> explanations(World world, String journey, Verdict verdict) {
    return world.decisions.stream()
        .filter(it -> it.journey().equals(journey) && it.verdict() == verdict)
        .map(it -> it.gates().getLast().explanation())
        .toList();
  }
}

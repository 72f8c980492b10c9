package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.identify;
import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.json;
import static dev.earshot.engine.journey.Given.rules;
import static dev.earshot.engine.journey.Given.track;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.event.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private static final String WELCOME =
      """
      {'trigger': {'event': 'Signed Up'}, 'reentry': 'always',
       'steps': [{'send': {'channel': 'email', 'template': 'welcome'}}]}
      """;

  private final World world = new World(rules(journey("welcome", 1, WELCOME)));

  @Test
  void whoIsUnsubscribedGetsNoMailAndTheDecisionSaysWhy() {
    world.happens(identify("i1", "{'unsubscribed': true}"));

    world.happens(track("e1", "Signed Up"));

    assertEquals(List.of(), world.deliveries);
    assertEquals(Verdict.SUPPRESSED, world.decisions.getLast().verdict());
    assertEquals(
        List.of(new Gate("subscription", false, "unsubscribed", json("{'unsubscribed': true}"))),
        world.decisions.getLast().gates());
    assertTrue(UserMachineTest.names(world).contains("Message Suppressed"));
  }

  @Test
  void whoSubscribesAgainGetsMailAgain() {
    world.happens(identify("i1", "{'unsubscribed': true}"));
    world.happens(identify("i2", "{'unsubscribed': false}"));

    world.happens(track("e1", "Signed Up"));

    assertEquals(1, world.deliveries.size());
    assertEquals(
        List.of("not unsubscribed", "no cap on messages"),
        world.decisions.getLast().gates().stream().map(Gate::explanation).toList());
  }

  @Test
  void whoeverUnsubscribesWhileAJourneyWaitsGetsItsNextMailNoMore() {
    var waiting =
        new World(
            rules(
                journey(
                    "later",
                    1,
                    """
                    {'trigger': {'event': 'Signed Up'},
                     'steps': [{'wait': '1d'}, {'send': {'channel': 'email', 'template': 'welcome'}}]}
                    """)));
    waiting.happens(track("e1", "Signed Up"));
    waiting.happens(identify("i1", "{'unsubscribed': true}"));

    waiting.passes(Duration.ofDays(2));

    assertEquals(List.of(), waiting.deliveries);
  }

  @Test
  void anImportedListSaysItInLetters() {
    world.happens(identify("i1", "{'unsubscribed': 'True'}"));

    world.happens(track("e1", "Signed Up"));

    assertEquals(List.of(), world.deliveries);
  }

  @Test
  void mailIsWhatOneUnsubscribesFrom() {
    var world =
        new World(
            rules(
                journey(
                    "welcome",
                    1,
                    """
                    {'trigger': {'event': 'Signed Up'},
                     'steps': [{'send': {'channel': 'webhook', 'destination': 'crm'}}]}
                    """)));
    world.happens(identify("i1", "{'unsubscribed': true}"));

    world.happens(track("e1", "Signed Up"));

    assertEquals(1, world.deliveries.size());
  }

  @Test
  void noNumberOfOtherTraitsMakesItForgotten() {
    world.happens(identify("i1", "{'unsubscribed': true}"));
    var many =
        IntStream.range(0, Traits.USER.count())
            .mapToObj(number -> "'trait" + number + "': 1")
            .collect(Collectors.joining(", ", "{", "}"));

    world.happens(identify("i2", many));

    var traits = world.person(ADA).profile().traits();
    assertEquals(Value.of(true), traits.at("unsubscribed"));
    assertEquals(Traits.USER.count(), traits.fields().fields().size());
  }
}

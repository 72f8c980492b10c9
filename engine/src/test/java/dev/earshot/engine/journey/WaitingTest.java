package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.rules;
import static dev.earshot.engine.journey.Given.track;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.event.Event;
import dev.earshot.event.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final String REMIND =
      """
      {'trigger': {'event': 'Trial Started'}, 'reentry': 'always',
       'steps': [{'wait-for': {'event': 'Invited', 'within': '3d',
                               'where': {'property': 'count', 'at-least': 2}},
                  'then': [{'send': {'channel': 'email', 'template': 'thanks'}}],
                  'otherwise': [{'send': {'channel': 'email', 'template': 'reminder'}}]},
                 {'send': {'channel': 'email', 'template': 'end'}}]}
      """;

  private static final String COME_BACK =
      """
      {'trigger': {'absent-for': '7d'}, 'reentry': 'always',
       'steps': [{'send': {'channel': 'email', 'template': 'come-back'}}]}
      """;

  @Test
  void theEventThatIsWaitedForMovesTheRun() {
    var world = new World(rules(journey("remind", 1, REMIND)));
    world.happens(track("t1", "Trial Started"));

    world.happens(track("i1", "Invited", "{'count': 1}"));
    assertEquals(List.of(), templates(world));
    world.happens(track("i2", "Invited", "{'count': 2}"));

    assertEquals(List.of("thanks", "end"), templates(world));
    assertEquals(Map.of(), world.timers(ADA));
  }

  @Test
  void theTimeThatIsUpMovesTheRun() {
    var world = new World(rules(journey("remind", 1, REMIND)));
    world.happens(track("t1", "Trial Started"));

    world.passes(Duration.ofDays(3));
    world.happens(track("i1", "Invited", "{'count': 2}"));

    assertEquals(List.of("reminder", "end"), templates(world));
  }

  @Test
  void anEventAfterTheTimeIsTooLateHoweverLateTheTimerFires() {
    var world = new World(rules(journey("remind", 1, REMIND)));
    world.happens(track("t1", "Trial Started"));

    world.jumps(Duration.ofDays(4));
    world.happens(track("i1", "Invited", "{'count': 2}"));

    assertEquals(List.of("reminder", "end"), templates(world));
    assertEquals(World.START.plus(Duration.ofDays(3)), world.deliveries.getFirst().decidedAt());
  }

  @Test
  void aRunKeepsItsVersionWhenANewOneIsPublished() {
    var first = journey("remind", 1, REMIND);
    var second = journey("remind", 2, REMIND.replace("reminder", "other"));
    var world = new World(rules(first));
    world.happens(track("t1", "Trial Started"));

    world.publish(rules(first, second));
    world.passes(Duration.ofDays(3));
    world.happens(track("t2", "Trial Started"));
    world.passes(Duration.ofDays(3));

    assertEquals(List.of("reminder", "end", "other", "end"), templates(world));
    assertEquals(
        List.of(1, 1, 2, 2), world.deliveries.stream().map(Delivery::journeyVersion).toList());
  }

  @Test
  void nothingNewStartsFromAJourneyThatIsRetired() {
    var first = journey("remind", 1, REMIND);
    var world = new World(rules(first));
    world.happens(track("t1", "Trial Started"));

    world.publish(rules(first, Given.retired(first)));
    world.passes(Duration.ofDays(3));
    world.happens(track("t2", "Trial Started"));

    assertEquals(List.of("reminder", "end"), templates(world));
    assertEquals(List.of(), world.person(ADA).progress().runs());
  }

  @Test
  void aJourneyWaitsForWhatBecameOfItsOwnMessage() {
    var world =
        new World(
            rules(
                journey(
                    "chase",
                    1,
                    """
                    {'trigger': {'event': 'Trial Started'},
                     'steps': [{'send': {'channel': 'email', 'template': 'hello'}},
                               {'wait-for': {'event': 'Message Delivered', 'within': '1d'},
                                'then': [{'send': {'channel': 'webhook', 'destination': 'crm'}}]}]}
                    """)));
    world.happens(track("t1", "Trial Started"));
    var run = world.deliveries.getFirst().run();

    world.happens(delivered("d0", "another-run"));
    assertEquals(1, world.deliveries.size());
    world.happens(delivered("d1", run));
    world.happens(delivered("d2", run));

    assertEquals(2, world.deliveries.size());
    assertEquals("crm", world.deliveries.getLast().destination());
  }

  @Test
  void silenceStartsAJourneyOnceUntilTheUserComesBack() {
    var world = new World(rules(journey("come-back", 1, COME_BACK)));
    world.happens(track("e1", "Opened"));
    world.passes(Duration.ofDays(3));
    world.happens(track("e2", "Opened"));

    world.passes(Duration.ofDays(6));
    assertEquals(0, world.deliveries.size());
    world.passes(Duration.ofDays(1));
    assertEquals(1, world.deliveries.size());
    world.passes(Duration.ofDays(30));
    assertEquals(1, world.deliveries.size());
    world.happens(track("e3", "Opened"));
    world.passes(Duration.ofDays(7));

    assertEquals(2, world.deliveries.size());
    assertEquals(
        "no activity for 7 days", world.decisions.getFirst().gates().getFirst().explanation());
  }

  @Test
  void severalJourneysWaitForSilenceOnOneTimer() {
    var world =
        new World(
            rules(
                journey("week", 1, COME_BACK),
                journey("month", 1, COME_BACK.replace("7d", "30d"))));
    world.happens(track("e1", "Opened"));
    assertEquals(1, world.timers(ADA).size());

    world.passes(Duration.ofDays(40));

    assertEquals(
        List.of("week", "month"), world.deliveries.stream().map(Delivery::journey).toList());
    assertEquals(Map.of(), world.timers(ADA));
  }

  @Test
  void importedHistoryFillsTheProfileAndMovesNothing() {
    var world = new World(rules(journey("remind", 1, REMIND), journey("back", 1, COME_BACK)));
    var longAgo = World.START.minus(Duration.ofDays(30));

    world.happens(Given.from(Origin.HISTORY, track("t1", "Trial Started"), longAgo));
    world.happens(Given.from(Origin.HISTORY, Given.identify("i1", "{'plan': 'free'}"), longAgo));

    var ada = world.person(ADA);
    assertEquals(1, ada.activity().events().get("Trial Started").count());
    assertEquals(longAgo.toEpochMilli(), ada.activity().events().get("Trial Started").lastMillis());
    assertEquals(longAgo, ada.activity().firstSeenAt());
    assertEquals("{\"plan\":\"free\"}", ada.profile().traits().toString());
    assertEquals(List.of(), world.decisions);
    assertEquals(Map.of(), world.timers(ADA));
    assertEquals(List.of("Trial Started", "User Identified"), UserMachineTest.names(world));
  }

  @Test
  void historyOnlyFillsInWhatIsNotKnownYet() {
    var world = new World(Rules.EMPTY);
    world.happens(Given.identify("i1", "{'plan': 'pro'}"));

    var old = Given.identify("i2", "{'plan': 'free', 'city': 'London'}");
    world.happens(Given.from(Origin.HISTORY, old, World.START.minus(Duration.ofDays(1))));

    assertEquals(
        Given.json("{'city': 'London', 'plan': 'pro'}"),
        Given.json(world.person(ADA).profile().traits().toString()));
  }

  @Test
  void theGoalIsReachedOnceWhetherTheRunIsOverOrNot() {
    var world =
        new World(
            rules(
                journey(
                    "sell",
                    1,
                    """
                    {'trigger': {'event': 'Trial Started'},
                     'steps': [{'send': {'channel': 'email', 'template': 't'}}],
                     'goal': {'event': 'Bought', 'within': '14d'}}
                    """)));
    world.happens(track("t1", "Trial Started"));

    world.passes(Duration.ofDays(14));
    world.happens(track("b1", "Bought"));
    world.happens(track("b2", "Bought"));

    assertEquals(
        1, UserMachineTest.names(world).stream().filter("Journey Goal Reached"::equals).count());
    assertTrue(world.person(ADA).progress().visits().getFirst().goalReached());
  }

  @Test
  void aGoalAfterItsTimeIsNotReached() {
    var world =
        new World(
            rules(
                journey(
                    "sell",
                    1,
                    """
                    {'trigger': {'event': 'Trial Started'}, 'steps': [{'wait': '30d'}],
                     'goal': {'event': 'Bought', 'within': '14d'}}
                    """)));
    world.happens(track("t1", "Trial Started"));

    world.passes(Duration.ofDays(15));
    world.happens(track("b1", "Bought"));

    assertFalse(world.person(ADA).progress().visits().getFirst().goalReached());
  }

  private static Event delivered(String id, String run) {
    var event = track(id, "Message Delivered", "{'run': '" + run + "'}");
    return Given.from(Origin.EARSHOT, event, World.START);
  }

  private static List<String> templates(World world) {
    return world.deliveries.stream().map(it -> String.valueOf(it.template())).toList();
  }
}

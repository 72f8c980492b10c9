package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.identify;
import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.rules;
import static dev.earshot.engine.journey.Given.track;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.definition.Definition;
import dev.earshot.event.Event;
import dev.earshot.event.Origin;
import dev.earshot.event.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody's state grows without end, whatever is sent. */
class BoundsTest {

  @Test
  void eventNamesAreLimitedAndTheOldestGoesFirst() {
    var world = new World(Rules.EMPTY);
    for (int name = 0; name <= Hearing.EVENT_NAMES_MAX; name++) {
      world.passes(Duration.ofSeconds(1));
      world.happens(track("e" + name, "Event " + name));
    }

    var events = world.person(ADA).activity().events();
    assertEquals(Hearing.EVENT_NAMES_MAX, events.size());
    assertEquals(0, events.get("Event 0").count());
    assertEquals(1, events.get("Event 1").count());
    assertEquals(1, world.person(ADA).dropped());
  }

  @Test
  void traitsAreLimitedAndTheNewestStay() {
    var world = new World(Rules.EMPTY);
    for (int trait = 0; trait < 400; trait++) {
      world.happens(identify("i" + trait, "{'trait" + trait + "': " + trait + "}"));
    }

    var traits = world.person(ADA).profile().traits().fields();
    assertEquals(Traits.USER.count(), traits.fields().size());
    assertEquals(Value.of(399), traits.get("trait399"));
    assertEquals(Value.Nothing.NOTHING, traits.get("trait0"));
    assertEquals(100, world.person(ADA).dropped());
  }

  @Test
  void longTraitsAreLimitedByTheirBytes() {
    var world = new World(Rules.EMPTY);
    for (int trait = 0; trait < 40; trait++) {
      world.happens(identify("i" + trait, "{'t" + trait + "': '" + "x".repeat(1_000) + "'}"));
    }

    assertTrue(world.person(ADA).profile().traits().json().length <= Traits.USER.bytes());
  }

  @Test
  void theWholeStateIsLimitedWhateverIsInIt() {
    var definitions = new ArrayList<Definition>();
    for (int id = 0; id < 40; id++) {
      var body = "{'trigger': {'event': 'Big'}, 'steps': [{'wait': '9d'}]}";
      definitions.add(journey("journey-" + id, 1, body));
    }
    var world = new World(Rules.EMPTY.with(definitions));
    for (int name = 0; name < 300; name++) {
      for (int time = 0; time < 3; time++) {
        world.happens(track("e" + name + "-" + time, name + "é".repeat(190)));
      }
    }
    for (int account = 0; account < 12; account++) {
      var traits = "{'notes': '" + "x".repeat(4_000) + "'}";
      world.happens(Given.group("g" + account, "ada", "account " + account, traits));
    }
    world.happens(identify("i1", "{'notes': '" + "x".repeat(16_000) + "'}"));
    world.happens(track("b1", "Big", "{'notes': '" + "x".repeat(4_000) + "'}"));

    assertEquals(Entrance.RUNS_MAX, world.person(ADA).progress().runs().size());
    assertTrue(world.bytes(ADA).length <= UserState.BYTES_MAX);
    assertTrue(world.person(ADA).dropped() > 0);
  }

  @Test
  void aRunKeepsWhatItCanOfALargeEvent() {
    var world =
        new World(
            rules(
                journey(
                    "later",
                    1,
                    """
                    {'trigger': {'event': 'Big'},
                     'steps': [{'wait': '1d'}, {'send': {'channel': 'email', 'template': 't'}}]}
                    """)));

    world.happens(
        track("b1", "Big", "{'plan': 'pro', 'notes': '" + "x".repeat(5_000) + "', 'last': 1}"));
    world.passes(Duration.ofDays(1));

    var event = (Value.Fields) world.deliveries.getFirst().data().get("event");
    assertEquals(Value.of("pro"), event.get("plan"));
    assertEquals(Value.Nothing.NOTHING, event.get("notes"));
  }

  @Test
  void aLoopThroughItsOwnMessagesIsStopped() {
    var world =
        new World(
            rules(
                journey(
                    "loop",
                    1,
                    """
                    {'trigger': {'event': 'Message Delivered'}, 'reentry': 'always',
                     'steps': [{'send': {'channel': 'email', 'template': 't'}}]}
                    """)));
    world.happens(delivered(0));
    for (int message = 1; message < 200; message++) {
      world.happens(delivered(message));
    }

    assertEquals(Visit.HOUR_STEPS_MAX, world.deliveries.size());
    assertEquals(
        "50 steps of this journey within an hour: a loop is stopped",
        world.decisions.getLast().gates().getLast().explanation());
    world.passes(Duration.ofHours(1));
    world.happens(delivered(200));
    assertEquals(Visit.HOUR_STEPS_MAX + 1, world.deliveries.size());
  }

  @Test
  void aNameTooLongIsAFactButIsNotCounted() {
    var world = new World(Rules.EMPTY);

    world.happens(track("e1", "x".repeat(201)));

    assertEquals(0, world.person(ADA).activity().events().size());
    assertEquals(List.of("x".repeat(201)), UserMachineTest.names(world));
  }

  private static Event delivered(int message) {
    return Given.from(Origin.EARSHOT, track("d" + message, "Message Delivered"), World.START);
  }
}

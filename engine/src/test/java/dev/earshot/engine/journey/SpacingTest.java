package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.rules;
import static dev.earshot.engine.journey.Given.track;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.engine.definition.Definition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpacingTest {

  private final World world =
      new World(
          rules(
              waiting("first", "10m", "email"),
              waiting("second", "20m", "email"),
              waiting("third", "30m", "email"),
              waiting("other", "40m", "webhook"),
              journey(
                  "prompt",
                  1,
                  "{'trigger': {'event': 'Asked'}, 'reentry': 'always',"
                      + " 'steps': [{'send': {'channel': 'email', 'template': 'answer'}}]}")));

  @Test
  void whatComesLateComesAMinuteApartOnEachChannel() {
    comesBackAfter(Duration.ofHours(2));

    assertEquals(
        List.of("first +0s", "second +60s", "third +120s", "other +0s"), deliveries(world.now()));
    var gate = decisionOf("third").gates().getLast();
    assertEquals("spacing", gate.name());
    assertEquals(
        "others go first: it waits until 2026-01-01T14:02:00.000Z, a minute after the message"
            + " before it",
        gate.explanation());
    assertEquals("cap", decisionOf("other").gates().getLast().name());
  }

  @Test
  void whatIsDecidedInTimeQueuesBehindWhatStillWaits() {
    comesBackAfter(Duration.ofHours(2));
    var back = world.now();

    world.passes(Duration.ofSeconds(30));
    world.happens(track("a1", "Asked"));
    world.passes(Duration.ofMinutes(4));
    world.happens(track("a2", "Asked"));

    var deliveries = deliveries(back);
    assertEquals(List.of("prompt +180s", "prompt +270s"), deliveries.subList(4, 6));
  }

  @Test
  void whatIsInTimeOrHardlyLateIsNotHeldUp() {
    world.happens(track("b1", "Began"));
    world.passes(Duration.ofMinutes(25));
    world.happens(track("a1", "Asked"));
    world.happens(track("a2", "Asked"));
    world.jumps(Duration.ofMinutes(6));
    world.passes(Duration.ZERO);

    assertEquals(
        List.of("first +600s", "second +1200s", "prompt +1500s", "prompt +1500s", "third +1860s"),
        deliveries(World.START));
  }

  private void comesBackAfter(Duration downtime) {
    world.happens(track("b1", "Began"));
    world.jumps(downtime);
    world.passes(Duration.ZERO);
  }

  private Decision decisionOf(String journey) {
    return world.decisions.stream()
        .filter(decision -> decision.journey().equals(journey))
        .toList()
        .getLast();
  }

  private List<String> deliveries(Instant from) {
    return world.deliveries.stream()
        .map(delivery -> {
          var turn = world.turns.get(delivery.id());
          return delivery.journey() + " +" + Duration.between(from, turn).toSeconds() + "s";
        })
        .toList();
  }

  private static Definition waiting(String id, String time, String channel) {
    var to = channel.equals("webhook") ? "'destination': 'crm'" : "'template': 'tips'";
    return journey(
        id,
        1,
        "{'trigger': {'event': 'Began'}, 'reentry': 'always', 'steps': [{'wait': '"
            + time
            + "'}, {'send': {'channel': '"
            + channel
            + "', "
            + to
            + "}}]}");
  }
}

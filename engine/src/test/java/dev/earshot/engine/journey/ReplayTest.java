package dev.earshot.engine.journey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Origin;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The log is all there is: whoever folds it gets the same states, decisions and deliveries. */
class ReplayTest {

  /** A record of the log: what was published or what happened, and how long after the last one. */
  private record Entry(Duration after, Rules rules, Event event) {}

  @Test
  void theSameLogGivesTheSameBytesTwice() {
    var log = recorded(new Random(42), 600);

    var first = folded(log);
    var second = folded(log);

    assertArrayEquals(first, second);
    assertEquals(true, first.length > 100_000, "the log is eventful: " + first.length);
  }

  private static byte[] folded(List<Entry> log) {
    var world = new World(Rules.EMPTY);
    for (var entry : log) {
      world.passes(entry.after());
      world.publish(entry.rules());
      world.happens(entry.event());
    }
    world.passes(Duration.ofDays(1));
    var bytes = new ByteArrayOutputStream();
    world.subjects().forEach(subject -> bytes.writeBytes(world.bytes(subject)));
    world.facts.forEach(fact -> bytes.writeBytes(FactJson.write(fact)));
    world.decisions.forEach(decision -> bytes.writeBytes(DecisionJson.write(decision)));
    for (var delivery : world.deliveries) {
      var writer = new JsonWriter(256).text(delivery.id()).time(delivery.expiresAt());
      bytes.writeBytes(writer.bytes());
      bytes.writeBytes(Json.bytes(delivery.data()));
    }
    return bytes.toByteArray();
  }

  private static List<Entry> recorded(Random random, int length) {
    var journeys = new RandomJourneys(random);
    var rules = Rules.EMPTY;
    var log = new ArrayList<Entry>();
    for (int index = 0; index < length; index++) {
      if (index % 50 == 0) {
        rules = rules.with(List.of(journeys.journey("j" + random.nextInt(8), 1 + index)));
      }
      var after = Duration.ofSeconds(random.nextInt(400));
      log.add(new Entry(after, rules, event(random, journeys, index)));
    }
    return log;
  }

  private static Event event(Random random, RandomJourneys journeys, int index) {
    var user = "u" + random.nextInt(4);
    var visitor = "v" + random.nextInt(4);
    var event =
        switch (random.nextInt(8)) {
          case 0 ->
              Given.of(
                  "e" + index,
                  EventType.IDENTIFY,
                  "User Identified",
                  user,
                  visitor,
                  "{'plan': 'free'}");
          case 1 -> Given.group("e" + index, user, "acme", "{'employees': 9}");
          case 2 ->
              Given.of(
                  "e" + index,
                  EventType.TRACK,
                  "E" + random.nextInt(5),
                  null,
                  visitor,
                  journeys.properties());
          default ->
              Given.of(
                  "e" + index,
                  EventType.TRACK,
                  "E" + random.nextInt(5),
                  user,
                  null,
                  journeys.properties());
        };
    return random.nextInt(10) == 0
        ? Given.from(Origin.HISTORY, event, World.START.minus(Duration.ofDays(index)))
        : event;
  }
}

package dev.earshot.bench.micro;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.journey.Rules;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the hot paths are measured with: events of a usual size, and as many journeys as wanted. */
final class Load {

  static final String WORKSPACE = "default";
  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  /** How many journeys name the same event. */
  static final int TOUCHED = 5;

  static final int USERS = 1000;
  static final int EVENTS = 4096;

  private static final int NAMES_PER_USER = 20;

  private static final String PROPERTIES =
      """
      {"plan":"pro","amount":49.9,"currency":"EUR","seats":12,"trial":false,\
      "page":"/pricing","referrer":"https://example.com/blog/why"}\
      """;
  private static final String CONTEXT =
      """
      {"library":{"name":"analytics-node","version":"2.3.0"},"locale":"en-GB",\
      "page":{"path":"/pricing","title":"Pricing"},"ip":"203.0.113.7"}\
      """;

  private Load() {}

  static Event event(String id, String user, String name, Instant at) {
    return new Event(
        id,
        WORKSPACE,
        EventType.TRACK,
        name,
        user,
        null,
        null,
        null,
        Properties.of(bytes(PROPERTIES)),
        Properties.of(bytes(CONTEXT)),
        at,
        at,
        Origin.LIVE,
        "k1");
  }

  /** Events of a thousand users, each with a few of the names that journeys listen to. */
  static List<Event> events(int journeys) {
    var events = new ArrayList<Event>();
    int names = Math.max(1, journeys / TOUCHED);
    for (int number = 0; number < EVENTS; number++) {
      int user = number % USERS;
      var name = name((user * 7 + number % NAMES_PER_USER) % names);
      events.add(event("e" + number, "u" + user, name, START.plusMillis(number)));
    }
    return events;
  }

  /** A request of the Segment protocol with so many events. */
  static byte[] batch(int size) {
    var message =
        """
        {"type":"track","event":"Pricing Viewed","messageId":"ajs-next-1769170000000-6f1c2a",\
        "userId":"ada-1","timestamp":"2026-01-01T11:59:59.123Z","properties":%s,"context":%s}\
        """
            .formatted(PROPERTIES, CONTEXT);
    return bytes(
        "{\"batch\":["
            + String.join(",", Collections.nCopies(size, message))
            + "],\"sentAt\":\"2026-01-01T12:00:01.000Z\"}");
  }

  /**
   * So many journeys, {@link #TOUCHED} of them on each event: two whose filter the event does not
   * meet, two that count it, and one that it triggers and whose condition says no.
   */
  static Rules rules(int journeys) {
    var definitions = new ArrayList<Definition>();
    for (int number = 0; number < journeys; number++) {
      var event = name(number / TOUCHED);
      definitions.add(
          journey(
              "j" + number,
              switch (number % TOUCHED) {
                case 0, 1 ->
                    """
                    {"trigger": {"event": "%s", "where": {"property": "amount", "more-than": 1000}},
                    """
                        .formatted(event);
                case 2, 3 ->
                    """
                    {"trigger": {"did": "%s", "at-least": 3, "within": "1h"},
                    """
                        .formatted(event);
                default ->
                    """
                    {"trigger": {"event": "%s"},
                     "condition": {"all": [{"trait": "plan", "is": "enterprise"},
                                           {"account": "employees", "at-least": 50}]},
                    """
                        .formatted(event);
              }));
    }
    var rules = Rules.EMPTY.with(definitions);
    if (!rules.unreadable().isEmpty()) {
      throw new IllegalStateException(rules.unreadable().getFirst().problems().toString());
    }
    return rules;
  }

  static String name(int number) {
    return "Event " + number;
  }

  private static Definition journey(String id, String trigger) {
    var body =
        trigger + " \"steps\": [{\"send\": {\"channel\": \"email\", \"template\": \"hello\"}}]}";
    return new Definition(
        WORKSPACE,
        DefinitionKind.JOURNEY,
        id,
        1,
        Json.parseFields(bytes(body)),
        false,
        START,
        "bench");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.Quarantined;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} does. */
abstract class EventLogConformance {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** A workspace of this test's own, so that tests share a log without seeing one another. */
  final String workspace = "w" + UUID.randomUUID().toString().substring(0, 8);

  abstract EventLog log();

  /** All events of this test's workspace that the log holds, in the order of each subject. */
  abstract List<Event> events();

  abstract List<String> quarantinedIds();

  @Test
  void whatIsAcknowledgedIsThere() {
    var events = List.of(event("e1", "ada"), event("e2", "ada"));

    log().append(events).join();

    assertEquals(events, events());
  }

  @Test
  void theEventsOfOneSubjectKeepTheirOrderOverManyAppends() {
    var all = IntStream.range(0, 200).mapToObj(n -> event("e" + n, "ada")).toList();

    for (int from = 0; from < all.size(); from += 50) {
      log().append(all.subList(from, from + 50)).join();
    }

    assertEquals(all, events());
  }

  @Test
  void nothingIsAppendedAtOnce() {
    log().append(List.of()).join();

    assertEquals(List.of(), events());
  }

  @Test
  void aDocumentInQuarantineIsKept() {
    var document =
        new Quarantined(
            "q1",
            workspace,
            "key1",
            "track_without_event",
            "A track call names its event.",
            Properties.of(
                Json.parseFields(
                    "{\"type\":\"track\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
            NOON);

    log().quarantine(List.of(document)).join();

    assertEquals(List.of("q1"), quarantinedIds());
  }

  Event event(String id, String user) {
    return new Event(
        id,
        workspace,
        EventType.TRACK,
        "Pricing Viewed",
        user,
        null,
        null,
        null,
        Properties.EMPTY,
        Properties.EMPTY,
        NOON,
        NOON,
        Origin.LIVE,
        "key1");
  }
}

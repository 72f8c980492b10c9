package dev.earshot.app.demo;

import dev.earshot.app.cli.Screen;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came of a demo. */
record Summary(Crowd crowd, Audience audience) {

  private static final int REASONS_MAX = 3;

  void print(Screen screen) {
    var ink = screen.ink();
    screen.blank();
    screen.line(
        String.format(
            Locale.ROOT,
            "  %,d people signed up, %,d browsers looked around.",
            crowd.users(),
            crowd.visitors()));
    screen.line(
        String.format(
            Locale.ROOT, "  %,d events of the past, %,d live.", crowd.past(), crowd.live()));
    screen.blank();
    screen.line(
        ink.bold(
            String.format(
                "  %-16s%9s%14s%8s%12s%11s%8s",
                "journey", "entered", "not entered", "sent", "suppressed", "delivered", "failed")));
    Journeys.IDS.forEach(id -> screen.line(row(id, audience.tally(id))));
    screen.blank();
    Journeys.IDS.forEach(id -> printReasons(id, screen));
    audience.blindness().ifPresent(why -> screen.remark("Not all of it was seen: " + why));
    printNext(screen);
  }

  private static String row(String id, Tally tally) {
    return String.format(
        Locale.ROOT,
        "  %-16s%,9d%,14d%,8d%,12d%,11d%,8d",
        id,
        tally.entered(),
        tally.notEntered(),
        tally.sent(),
        tally.suppressed(),
        tally.delivered(),
        tally.failed());
  }

  private void printReasons(String id, Screen screen) {
    for (var reason : audience.tally(id).reasons().stream().limit(REASONS_MAX).toList()) {
      screen.line(
          String.format(
              Locale.ROOT, "  %-16s%,6d × not because %s", id, reason.count(), reason.text()));
    }
  }

  private void printNext(Screen screen) {
    screen.blank();
    screen.line("  Now look around:");
    screen.line("    ./earshot mailbox");
    Journeys.IDS.forEach(id ->
        audience
            .tally(id)
            .somebodySentTo()
            .flatMap(Subject::parse)
            .ifPresent(somebody -> screen.line("    ./earshot why " + somebody.id() + " " + id)));
  }

  Fields json() {
    Map<String, Value> json = new LinkedHashMap<>();
    json.put("users", Value.of(crowd.users()));
    json.put("browsers", Value.of(crowd.visitors()));
    json.put("eventsPast", Value.of(crowd.past()));
    json.put("eventsLive", Value.of(crowd.live()));
    Map<String, Value> journeys = new LinkedHashMap<>();
    Journeys.IDS.forEach(id -> journeys.put(id, json(audience.tally(id))));
    json.put("journeys", new Fields(journeys));
    return new Fields(json);
  }

  private static Value json(Tally tally) {
    Map<String, Value> json = new LinkedHashMap<>();
    json.put("entered", Value.of(tally.entered()));
    json.put("notEntered", Value.of(tally.notEntered()));
    json.put("sent", Value.of(tally.sent()));
    json.put("suppressed", Value.of(tally.suppressed()));
    json.put("delivered", Value.of(tally.delivered()));
    json.put("failed", Value.of(tally.failed()));
    json.put("reasons", new Items(tally.reasons().stream().map(Summary::json).toList()));
    return new Fields(json);
  }

  private static Value json(Tally.Reason reason) {
    Map<String, Value> json = new LinkedHashMap<>();
    json.put("reason", Value.of(reason.text()));
    json.put("count", Value.of(reason.count()));
    return new Fields(json);
  }
}

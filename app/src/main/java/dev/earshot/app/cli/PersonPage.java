package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.List;

/** What is known of one person, as text. */
record PersonPage(String id, Screen screen) {

  void print(Fields person, List<Fields> timeline) {
    screen.line(screen.ink().bold(id) + screen.ink().faint("  " + seen(person)));
    section("Traits", Shown.fields(person.get("profile")));
    for (var account : Shown.items(person.get("accounts"))) {
      section("Account " + account.get("id").shown(), Shown.fields(account.get("traits")));
    }
    printMetrics(Shown.items(person.get("metrics")));
    printRuns(Shown.items(person.get("runs")));
    printVisits(Shown.items(person.get("visits")));
    printAnonymousIds(person.get("anonymousIds"));
    printTimeline(timeline);
  }

  private static String seen(Fields person) {
    var lastSeen = person.get("lastSeenAt");
    return lastSeen instanceof Value.Nothing ? "" : "last seen " + Shown.dateAndTime(lastSeen);
  }

  private void section(String title, Fields fields) {
    heading(title);
    if (fields.fields().isEmpty()) {
      screen.line("  none");
    }
    fields.fields().forEach((name, value) -> screen.line("  " + padded(name) + value.shown()));
  }

  private void printMetrics(List<Fields> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    heading("Did");
    for (var metric : metrics) {
      screen.line(
          "  "
              + padded(metric.get("event").shown())
              + Shown.count(Shown.number(metric.get("count")), "time")
              + ", last "
              + Shown.dateAndTime(metric.get("lastAt")));
    }
  }

  private void printRuns(List<Fields> runs) {
    if (runs.isEmpty()) {
      return;
    }
    heading("Under way");
    for (var run : runs) {
      screen.line(
          "  "
              + padded(run.get("journey").shown())
              + "at "
              + run.get("node").shown()
              + " since "
              + Shown.dateAndTime(run.get("since"))
              + until(run.get("dueAt")));
    }
  }

  private void printVisits(List<Fields> visits) {
    if (visits.isEmpty()) {
      return;
    }
    heading("Journeys so far");
    for (var visit : visits) {
      var goal = visit.get("goalReached").equals(Value.of(true)) ? ", goal reached" : "";
      screen.line(
          "  "
              + padded(visit.get("journey").shown())
              + "entered "
              + Shown.count(Shown.number(visit.get("times")), "time")
              + ", last "
              + Shown.dateAndTime(visit.get("enteredAt"))
              + goal);
    }
  }

  private void printAnonymousIds(Value ids) {
    if (ids instanceof Value.Items(var items) && !items.isEmpty()) {
      heading("Anonymous ids");
      items.forEach(item -> screen.line("  " + item.shown()));
    }
  }

  private void printTimeline(List<Fields> timeline) {
    heading("Lately");
    if (timeline.isEmpty()) {
      screen.line("  nothing");
    }
    for (var entry : timeline) {
      var record = new Entry(entry);
      screen.line(
          "  "
              + screen.ink().faint(Shown.dateAndTime(record.at()))
              + "  "
              + record.told(screen.ink()));
    }
  }

  private void heading(String title) {
    screen.blank();
    screen.line(screen.ink().cyan(title));
  }

  private static String until(Value dueAt) {
    return dueAt instanceof Value.Nothing ? "" : ", until " + Shown.dateAndTime(dueAt);
  }

  private static String padded(String name) {
    return name + " ".repeat(Math.max(1, 24 - name.length()));
  }
}

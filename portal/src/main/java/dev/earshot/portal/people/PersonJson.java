package dev.earshot.portal.people;

import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.journey.Progress;
import dev.earshot.engine.journey.Run;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.JsonWriter;
import java.time.Instant;
import java.util.Locale;

/** A person as the API shows one. */
final class PersonJson {

  private PersonJson() {}

  static void write(JsonWriter json, Person person) {
    json.member("id", person.subject().id())
        .member("kind", person.subject().kind().name().toLowerCase(Locale.ROOT))
        .member("key", person.subject().key())
        .member("firstSeenAt", person.activity().firstSeenAt())
        .member("lastSeenAt", person.activity().lastSeenAt())
        .name("profile")
        .raw(person.profile().traits().json());
    json.name("accounts").openItems();
    person
        .profile()
        .accounts()
        .forEach(account ->
            json.open()
                .member("id", account.account())
                .name("traits")
                .raw(account.traits().json())
                .close());
    json.closeItems();
    metrics(json, person.activity().events());
    progress(json, person.progress());
    json.name("anonymousIds").openItems();
    person.anonymousIds().forEach(json::text);
    json.closeItems().member("dropped", person.dropped());
  }

  private static void metrics(JsonWriter json, Metrics metrics) {
    json.name("metrics").openItems();
    for (int index = 0; index < metrics.size(); index++) {
      metric(json, metrics.name(index), metrics.metric(index));
    }
    json.closeItems();
  }

  private static void metric(JsonWriter json, String event, Metric metric) {
    json.open()
        .member("event", event)
        .member("count", metric.count())
        .member("firstAt", Instant.ofEpochMilli(metric.firstMillis()))
        .member("lastAt", Instant.ofEpochMilli(metric.lastMillis()))
        .close();
  }

  private static void progress(JsonWriter json, Progress progress) {
    json.name("runs").openItems();
    progress.runs().forEach(run -> run(json, run));
    json.closeItems().name("visits").openItems();
    for (var visit : progress.visits()) {
      json.open()
          .member("journey", visit.journey())
          .member("version", visit.version())
          .member("enteredAt", visit.enteredAt())
          .member("times", visit.count())
          .name("goalReached")
          .truth(visit.goalReached())
          .close();
    }
    json.closeItems().name("messages").openItems();
    for (var sent : progress.sends()) {
      json.open()
          .member("delivery", sent.delivery())
          .member("journey", sent.journey())
          .member("at", sent.at())
          .member("notBefore", sent.notBefore())
          .close();
    }
    json.closeItems();
  }

  private static void run(JsonWriter json, Run run) {
    json.open()
        .member("journey", run.journey())
        .member("version", run.version())
        .member("id", run.id())
        .member("node", run.node())
        .member("enteredAt", run.enteredAt())
        .member("since", run.since())
        .member("dueAt", run.dueAt())
        .close();
  }
}

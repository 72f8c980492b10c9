package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.audience.Profile.Membership;
import dev.earshot.engine.journey.UserState.Account;
import dev.earshot.engine.journey.UserState.MovedTo;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.engine.journey.UserState.Unknown;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A {@link UserState} as people and programs read it: always the same members in the same order, so
 * that two states are equal when their views are.
 */
public final class PersonView {

  private final Rules rules;

  /**
   * @param rules by which the node of a run is named
   */
  public PersonView(Rules rules) {
    this.rules = rules;
  }

  public Fields of(UserState state) {
    return switch (state) {
      case Unknown() -> Fields.EMPTY;
      case Person person -> person(person);
      case MovedTo(var subject, var user) ->
          new Listing()
              .with("subject", text(subject.key()))
              .with("movedTo", text(user.key()))
              .fields();
      case Account(var subject, var traits, var members, var untold) ->
          new Listing()
              .with("subject", text(subject.key()))
              .with("traits", traits.fields())
              .with("members", items(members, member -> text(member.key())))
              .with("untold", Value.of(untold))
              .fields();
    };
  }

  private Fields person(Person person) {
    var activity = person.activity();
    var progress = person.progress();
    return new Listing()
        .with("subject", text(person.subject().key()))
        .with("id", text(person.subject().id()))
        .with("traits", person.profile().traits().fields())
        .with("accounts", items(person.profile().accounts(), PersonView::account))
        .with("firstSeenAt", time(activity.firstSeenAt()))
        .with("lastSeenAt", time(activity.lastSeenAt()))
        .with("metrics", metrics(activity.events()))
        .with("counts", metrics(activity.counts()))
        .with("runs", items(progress.runs(), run -> run(person, run)))
        .with("visits", items(progress.visits(), PersonView::visit))
        .with("sends", items(progress.sends(), PersonView::sent))
        .with("anonymousIds", items(person.anonymousIds(), PersonView::text))
        .with("dropped", Value.of(person.dropped()))
        .fields();
  }

  private static Value account(Membership membership) {
    return new Listing()
        .with("id", text(membership.account()))
        .with("traits", membership.traits().fields())
        .fields();
  }

  private static Value metrics(Metrics metrics) {
    var byName = new LinkedHashMap<String, Value>();
    for (int index = 0; index < metrics.size(); index++) {
      byName.put(metrics.name(index), metric(metrics.metric(index)));
    }
    return new Fields(byName);
  }

  private static Value metric(Metric metric) {
    var recent =
        IntStream.range(0, metric.recentCount())
            .mapToObj(index -> time(Instant.ofEpochMilli(metric.recentMillis(index))))
            .toList();
    return new Listing()
        .with("count", Value.of(metric.count()))
        .with("first", time(Instant.ofEpochMilli(metric.firstMillis())))
        .with("last", time(Instant.ofEpochMilli(metric.lastMillis())))
        .with("recent", new Items(recent))
        .fields();
  }

  private Value run(Person person, Run run) {
    var step =
        rules
            .journey(person.subject().workspace(), run.journey(), run.version())
            .filter(journey -> run.node() < journey.nodes().size())
            .map(journey -> journey.nodes().get(run.node()).path())
            .orElse("");
    return new Listing()
        .with("id", text(run.id()))
        .with("journey", text(run.journey()))
        .with("version", Value.of(run.version()))
        .with("step", text(step))
        .with("enteredAt", time(run.enteredAt()))
        .with("since", time(run.since()))
        .with("dueAt", time(run.dueAt()))
        .with("event", text(run.cause().name()))
        .fields();
  }

  private static Value visit(Visit visit) {
    return new Listing()
        .with("journey", text(visit.journey()))
        .with("run", text(visit.run()))
        .with("version", Value.of(visit.version()))
        .with("enteredAt", time(visit.enteredAt()))
        .with("count", Value.of(visit.count()))
        .with("goalReached", Value.of(visit.goalReached()))
        .fields();
  }

  private static Value sent(Sent sent) {
    return new Listing()
        .with("delivery", text(sent.delivery()))
        .with("journey", text(sent.journey()))
        .with("at", time(sent.at()))
        .fields();
  }

  private static Value time(Instant at) {
    return text(Times.text(at));
  }

  private static Value text(String text) {
    return new Text(text);
  }

  private static <T> Value items(List<T> items, Function<T, Value> each) {
    return new Items(items.stream().map(each).toList());
  }

  /** Fields while they are listed. */
  private static final class Listing {
    private final Map<String, Value> fields = new LinkedHashMap<>();

    Listing with(String name, Value value) {
      fields.put(name, value);
      return this;
    }

    Fields fields() {
      return new Fields(fields);
    }
  }
}

package dev.earshot.portal.people;

import dev.earshot.engine.journey.UserState;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.portal.log.Entries;
import dev.earshot.portal.log.EntryJson;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.LogReader.Entry;
import dev.earshot.stream.LogReader.Page;
import dev.earshot.stream.Topic;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Shows one person, by a user's id or by a visitor's anonymous id. */
public final class PeopleEndpoints {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 1000;

  /** A visitor is moved to its user in one step; more would be a circle. */
  private static final int MOVES_MAX = 4;

  private final People people;
  private final LogReader log;

  public PeopleEndpoints(People people, LogReader log) {
    this.people = people;
    this.log = log;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/people/{id}", Set.of(), this::show),
        Endpoint.get("/api/people/{id}/timeline", Set.of("limit"), this::timeline),
        Endpoint.get("/api/people/{id}/decisions", Set.of("journey", "limit"), this::decisions));
  }

  private Answer show(Call call) {
    var person = person(call);
    return Answer.object(json -> PersonJson.write(json, person));
  }

  private Answer timeline(Call call) {
    var page = latest(Topic.FACTS, person(call), _ -> true, limit(call));
    return Answer.object(json -> {
      json.name("entries").openItems();
      page.entries().forEach(entry -> EntryJson.write(json, entry));
      json.closeItems().name("complete").truth(page.complete());
    });
  }

  private Answer decisions(Call call) {
    Predicate<Entry> filter =
        call.text("journey").map(journey -> Entries.with("journey", journey)).orElse(_ -> true);
    var page = latest(Topic.DECISIONS, person(call), filter, limit(call));
    return Answer.object(json -> {
      json.name("decisions").openItems();
      page.entries().stream().map(Entries::value).forEach((Fields value) -> json.value(value));
      json.closeItems().name("complete").truth(page.complete());
    });
  }

  private static int limit(Call call) {
    return call.count("limit", LIMIT, LIMIT_MAX);
  }

  /** What concerns a user also stands under the visitors that turned out to be this user. */
  private Page latest(Topic topic, Person person, Predicate<Entry> filter, int limit) {
    if (person.anonymousIds().isEmpty()) {
      return log.latest(topic, person.subject(), filter, limit, PATIENCE);
    }
    var keys = new LinkedHashSet<String>();
    keys.add(person.subject().key());
    var workspace = person.subject().workspace();
    person.anonymousIds().forEach(id -> keys.add(Subject.anonymous(workspace, id).key()));
    return log.latest(
        topic, entry -> keys.contains(entry.key()) && filter.test(entry), limit, PATIENCE);
  }

  private Person person(Call call) {
    var id = call.variable("id");
    return find(Subject.user(call.workspace(), id), 0)
        .or(() -> find(Subject.anonymous(call.workspace(), id), 0))
        .orElseThrow(() ->
            new Refusal(Problem.notFound("unknown_person", "Nothing is known of " + id + ".")));
  }

  private Optional<Person> find(Subject subject, int moves) {
    return switch (people.user(subject)) {
      case Person person -> Optional.of(person);
      case UserState.MovedTo(_, var user) ->
          moves < MOVES_MAX ? find(user, moves + 1) : Optional.empty();
      case UserState.Unknown _, UserState.Account _ -> Optional.empty();
    };
  }
}

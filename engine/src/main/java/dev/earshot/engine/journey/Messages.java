package dev.earshot.engine.journey;

import dev.earshot.engine.Ids;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.journey.Node.Send;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Properties;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the message of a step: its id, and what its template may show. */
final class Messages {

  private static final int ID_LENGTH = 26;

  private Messages() {}

  static Delivery delivery(Person person, Journey journey, Run run, Send send, Moment moment) {
    var id = id(person, run, send);
    return new Delivery(
        id,
        person.subject(),
        send.channel(),
        send.destination(),
        send.template(),
        moment.rules().templateVersion(send.template(), journey),
        run.journey(),
        run.version(),
        run.id(),
        send.path(),
        data(person, journey, run, id),
        moment.at(),
        moment.at().plus(send.expiresAfter()));
  }

  /**
   * The same decision made twice is the same delivery; it has no dots, so it fits into signatures.
   */
  private static String id(Person person, Run run, Send send) {
    return Ids.derived(
        person.subject().key()
            + '|'
            + run.journey()
            + '|'
            + run.version()
            + '|'
            + run.id()
            + '|'
            + send.path(),
        ID_LENGTH);
  }

  private static Fields data(Person person, Journey journey, Run run, String id) {
    var data = new LinkedHashMap<String, Value>();
    var profile = person.profile();
    data.put("user", named(profile.traits(), "id", Value.of(person.subject().id())));
    profile
        .account()
        .ifPresent(account ->
            data.put("account", named(account.traits(), "id", Value.of(account.account()))));
    if (!run.cause().equals(Run.Cause.NONE)) {
      data.put("event", event(run.cause()));
    }
    data.put("journey", named(id(journey.id()), "name", Value.of(journey.name())));
    data.put("delivery", new Fields(id(id)));
    return new Fields(data);
  }

  private static Map<String, Value> id(String id) {
    return Map.of("id", Value.of(id));
  }

  private static Fields event(Run.Cause cause) {
    return named(
        named(cause.properties(), "name", Value.of(cause.name())).fields(), "at", time(cause.at()));
  }

  private static Value time(Instant at) {
    return Value.of(Times.text(at));
  }

  private static Fields named(Properties properties, String name, Value value) {
    return named(properties.fields().fields(), name, value);
  }

  private static Fields named(Map<String, Value> properties, String name, Value value) {
    var fields = new LinkedHashMap<>(properties);
    fields.put(name, value);
    return new Fields(fields);
  }
}

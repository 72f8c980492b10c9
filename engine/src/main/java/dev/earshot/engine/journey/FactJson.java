package dev.earshot.engine.journey;

import dev.earshot.event.EventJson;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Subject;
import dev.earshot.event.Times;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;

/** The JSON form of a {@link Fact} in the log. */
public final class FactJson {

  private static final String HEARD = "heard";
  private static final String MADE = "made";

  private FactJson() {}

  public static byte[] write(Fact fact) {
    return switch (fact) {
      case Fact.Heard(var subject, var event) -> {
        var writer =
            new JsonWriter(448 + event.properties().json().length + event.context().json().length)
                .open()
                .member("kind", HEARD)
                .member("subject", subject.key())
                .name("event");
        EventJson.write(event, writer);
        yield writer.close().bytes();
      }
      case Fact.Made(var subject, var id, var name, var properties, var at) ->
          new JsonWriter(256)
              .open()
              .member("kind", MADE)
              .member("subject", subject.key())
              .member("id", id)
              .member("name", name)
              .member("at", at)
              .name("properties")
              .value(properties)
              .close()
              .bytes();
    };
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static Fact read(byte[] json) {
    var fields = Json.ownFields(json);
    var kind = text(fields, "kind");
    var key = text(fields, "subject");
    var subject = Subject.parse(key).orElseThrow(() -> new Json.Malformed("no subject: " + key));
    return switch (kind) {
      case HEARD -> new Fact.Heard(subject, EventJson.read(Json.bytes(fields.get("event"))));
      case MADE ->
          new Fact.Made(
              subject,
              text(fields, "id"),
              text(fields, "name"),
              fields.get("properties") instanceof Fields properties ? properties : Fields.EMPTY,
              Times.parse(text(fields, "at"))
                  .orElseThrow(() -> new Json.Malformed("a fact has a time")));
      default -> throw new Json.Malformed("no kind of fact: " + kind);
    };
  }

  private static String text(Fields fields, String name) {
    if (fields.get(name) instanceof Text(var text)) {
      return text;
    }
    throw new Json.Malformed("a fact has a " + name);
  }
}

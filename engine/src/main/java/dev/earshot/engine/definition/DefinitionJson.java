package dev.earshot.engine.definition;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.time.Instant;

/** The JSON form of a {@link Definition} in the log. */
public final class DefinitionJson {

  private DefinitionJson() {}

  public static byte[] write(Definition definition) {
    return new JsonWriter(512)
        .open()
        .member("workspace", definition.workspace())
        .member("kind", definition.kind().word())
        .member("id", definition.id())
        .member("version", definition.version())
        .name("retired")
        .truth(definition.retired())
        .member("publishedAt", definition.publishedAt())
        .member("publishedBy", definition.publishedBy())
        .name("body")
        .value(definition.body())
        .close()
        .bytes();
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static Definition read(byte[] json) {
    return read(Json.ownFields(json));
  }

  public static Definition read(Fields fields) {
    var kind = text(fields, "kind");
    return new Definition(
        text(fields, "workspace"),
        DefinitionKind.of(kind).orElseThrow(() -> new Json.Malformed("no kind: " + kind)),
        text(fields, "id"),
        fields.get("version") instanceof Whole(var version) ? (int) version : 1,
        fields.get("body") instanceof Fields body ? body : Fields.EMPTY,
        fields.get("retired") instanceof Truth(var retired) && retired,
        time(fields.get("publishedAt")),
        text(fields, "publishedBy"));
  }

  private static String text(Fields fields, String name) {
    if (fields.get(name) instanceof Text(var text)) {
      return text;
    }
    throw new Json.Malformed("a definition has a " + name);
  }

  private static Instant time(Value value) {
    return Times.parse(value.shown()).orElse(Instant.EPOCH);
  }
}

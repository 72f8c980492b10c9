package dev.earshot.stream.host;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionJson;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.util.List;
import java.util.stream.Collectors;

/** The record that makes definitions active in one partition of the events. */
public record Activation(List<Definition> definitions) {

  public static final String KIND = "activation";

  public Activation {
    definitions = List.copyOf(definitions);
  }

  public byte[] json() {
    var writer = new JsonWriter(1024).open().member("kind", KIND).name("definitions").openItems();
    for (var definition : definitions) {
      writer.raw(DefinitionJson.write(definition));
    }
    return writer.closeItems().close().bytes();
  }

  /** The same for the same versions, as when a publication was written twice. */
  String repeatKey() {
    return definitions.stream()
        .map(ActiveDefinitions::key)
        .collect(Collectors.joining(",", KIND + "|", ""));
  }

  static Activation read(byte[] json) {
    if (!(Json.ownFields(json).get("definitions") instanceof Items(var items))) {
      throw new Json.Malformed("an activation has definitions");
    }
    return new Activation(
        items.stream()
            .map(item -> {
              if (item instanceof Fields fields) {
                return DefinitionJson.read(fields);
              }
              throw new Json.Malformed("a definition is an object");
            })
            .toList());
  }
}

package dev.earshot.gateway.cloudevents;

import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Properties;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.gateway.admission.Admission.Refused;
import dev.earshot.gateway.admission.Admission.Rejected;
import dev.earshot.gateway.admission.Message;
import dev.earshot.gateway.admission.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One CloudEvent in its JSON format, read as a track: its type is the name, its subject the user,
 * its data the properties, its source and id together the message id.
 */
final class CloudEvent {

  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

  private CloudEvent() {}

  /** A message of an event whose attributes were no document, but headers. */
  static Message message(Fields event) {
    var document = Json.bytes(event);
    return message(event, new Slice(document, 0, document.length));
  }

  static Message message(Fields event, Slice document) {
    var id = attribute(event, "id");
    var source = attribute(event, "source");
    return new Message(
        document,
        EventType.TRACK.word(),
        id == null || source == null ? null : source + '|' + id,
        attribute(event, "subject"),
        attribute(event, "anonymousid"),
        attribute(event, "type"),
        null,
        null,
        null,
        null,
        attribute(event, "time"),
        null,
        null,
        properties(event),
        null,
        context(event),
        null,
        false,
        flaw(event));
  }

  private static @Nullable Refused flaw(Fields event) {
    for (var name : REQUIRED) {
      if (attribute(event, name) == null) {
        return new Rejected("no_cloudevent", "a CloudEvent needs the attribute " + name);
      }
    }
    if (!"1.0".equals(attribute(event, "specversion"))) {
      return new Rejected("no_cloudevent", "the specversion is to be 1.0");
    }
    boolean twice = event.fields().containsKey("data") && event.fields().containsKey("data_base64");
    return twice ? new Rejected("no_cloudevent", "data and data_base64 exclude one another") : null;
  }

  private static @Nullable String attribute(Fields event, String name) {
    return event.get(name) instanceof Text(var text) && !text.isEmpty() ? text : null;
  }

  private static Properties properties(Fields event) {
    if (event.get("data") instanceof Fields data) {
      return data.fields().isEmpty() ? Properties.EMPTY : Properties.of(data);
    }
    for (var name : List.of("data", "data_base64")) {
      if (event.fields().containsKey(name)) {
        return Properties.of(new Fields(Map.of(name, event.get(name))));
      }
    }
    return Properties.EMPTY;
  }

  /** Where it came from and its extensions, which no Segment message has a place for. */
  private static Properties context(Fields event) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    event
        .fields()
        .forEach((name, value) -> {
          boolean elsewhere =
              switch (name) {
                case "id", "type", "subject", "time", "specversion", "data", "data_base64" -> true;
                default -> value instanceof Nothing;
              };
          if (!elsewhere) {
            attributes.put(name, value);
          }
        });
    return Properties.of(new Fields(Map.of("cloudEvent", new Fields(attributes))));
  }
}

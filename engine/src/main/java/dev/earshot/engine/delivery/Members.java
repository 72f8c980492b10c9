package dev.earshot.engine.delivery;

import dev.earshot.event.Json;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The members that a document must have; throws {@link Json.Malformed} where one is missing. */
final class Members {

  private Members() {}

  /** The document as an object. */
  static Fields read(byte[] json) {
    return Json.ownFields(json);
  }

  static String text(Fields fields, String name) {
    if (fields.get(name) instanceof Text(var text)) {
      return text;
    }
    throw missing("text", name);
  }

  static int number(Fields fields, String name) {
    if (fields.get(name) instanceof Whole(var number) && number == (int) number) {
      return (int) number;
    }
    throw missing("number", name);
  }

  static boolean truth(Fields fields, String name) {
    if (fields.get(name) instanceof Truth(var truth)) {
      return truth;
    }
    throw missing("truth", name);
  }

  static Duration millis(Fields fields, String name) {
    if (fields.get(name) instanceof Whole(var millis)) {
      return Duration.ofMillis(millis);
    }
    throw missing("number of milliseconds", name);
  }

  static Instant time(Fields fields, String name) {
    return Times.parse(text(fields, name)).orElseThrow(() -> missing("time", name));
  }

  static Fields fields(Fields fields, String name) {
    if (fields.get(name) instanceof Fields inner) {
      return inner;
    }
    throw missing("object", name);
  }

  static List<Fields> items(Fields fields, String name) {
    if (fields.get(name) instanceof Items(var items)) {
      return items.stream().map(Members::object).toList();
    }
    throw missing("list", name);
  }

  private static Fields object(Value value) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new Json.Malformed("a list of objects is expected");
  }

  private static Json.Malformed missing(String what, String name) {
    return new Json.Malformed("a " + what + " is expected under " + name);
  }
}

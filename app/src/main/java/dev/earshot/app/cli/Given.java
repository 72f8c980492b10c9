package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties and traits as they are given on a command line. */
final class Given {

  private Given() {}

  /** {@code seats=5} is a number, {@code plan=pro} is text, {@code zip="01234"} is text too. */
  static Fields fields(Map<String, String> given) {
    Map<String, Value> fields = new LinkedHashMap<>();
    given.forEach((name, text) -> fields.put(name, value(text)));
    return new Fields(fields);
  }

  private static Value value(String text) {
    try {
      return Json.parse(text);
    } catch (Json.Malformed e) {
      return Value.of(text);
    }
  }
}

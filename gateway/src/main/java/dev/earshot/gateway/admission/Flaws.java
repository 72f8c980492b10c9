package dev.earshot.gateway.admission;

import dev.earshot.event.Json;
import tools.jackson.core.JacksonException;

/** What is wrong with a document, said without a word of the parser's own workings. */
final class Flaws {

  private Flaws() {}

  static String reason(JacksonException e) {
    var reason = Json.reason(e);
    int from = reason.indexOf(", from `");
    if (from < 0) {
      return reason;
    }
    int to = reason.indexOf("`", from + 8);
    return reason.substring(0, from) + reason.substring(to + 1);
  }
}

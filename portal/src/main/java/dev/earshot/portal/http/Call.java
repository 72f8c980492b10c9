package dev.earshot.portal.http;

import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request that was let in.
 *
 * @param variables of the path, decoded
 * @param query parameters, each known to the endpoint
 */
public record Call(
    Caller caller, Map<String, String> variables, Map<String, String> query, Buffer body) {

  public Call {
    variables = Map.copyOf(variables);
    query = Map.copyOf(query);
  }

  /** The admin who calls; an endpoint that is open to all must not ask. */
  public Caller.Admin admin() {
    if (caller instanceof Caller.Admin admin) {
      return admin;
    }
    throw new IllegalStateException("an open endpoint has no admin");
  }

  public String workspace() {
    return admin().workspace();
  }

  /** A variable of the path. */
  public String variable(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("the path has no {" + name + "}");
    }
    return value;
  }

  /** A query parameter, empty when it is absent or has no text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
  }

  /** A parameter that is {@code true} or {@code false}. */
  public boolean flag(String name, boolean otherwise) {
    return text(name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw wrong(name, "true or false", text);
            })
        .orElse(otherwise);
  }

  /** A whole number between 1 and {@code most}. */
  public int count(String name, int otherwise, int most) {
    var text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw wrong(name, "a whole number from 1 to " + most, text.get());
  }

  /** A refusal of a query parameter's value. */
  public static Refusal wrong(String parameter, String expected, String found) {
    return new Refusal(
        Problem.badRequest(
            "bad_parameter",
            "The parameter " + parameter + " must be " + expected + ", not \"" + found + "\"."));
  }

  /** The body as an object that has no other members than these. */
  public Fields document(Set<String> known) {
    var fields = document();
    for (var name : fields.fields().keySet()) {
      if (!known.contains(name)) {
        throw new Refusal(
            Problem.badRequest(
                "unknown_member",
                "There is no member \"" + name + "\" here; known are " + known(known) + "."));
      }
    }
    return fields;
  }

  private Fields document() {
    try {
      return Json.parseFields(body.getBytes());
    } catch (Json.Malformed e) {
      throw new Refusal(
          Problem.badRequest("malformed_json", "The body is not usable JSON: " + e.getMessage()));
    }
  }

  private static String known(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}

package dev.earshot.engine.definition;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Whole;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One object in the body of a definition while it is being read: hands out its members, and
 * collects all that is wrong with them. What is missing or wrong is a problem and reads as a
 * default, so that one pass finds every problem. Members nobody asked for are problems too, see
 * {@link #end}.
 */
public final class Body {

  private static final int FOUND_MAX = 60;

  private final Fields fields;
  private final String path;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Body(Fields fields, String path, List<Problem> problems) {
    this.fields = fields;
    this.path = path;
    this.problems = problems;
  }

  /** The whole body; problems are added to the list. */
  public static Body of(Fields fields, List<Problem> problems) {
    return new Body(fields, "", problems);
  }

  public String path() {
    return path;
  }

  public boolean isEmpty() {
    return fields.fields().isEmpty();
  }

  /** Whether a member is there; from then on it counts as known. */
  public boolean has(String name) {
    known.add(name);
    return fields.fields().containsKey(name);
  }

  public Optional<Value> value(String name) {
    return has(name) ? Optional.of(fields.get(name)) : Optional.empty();
  }

  /** A text that is not empty. */
  public Optional<String> text(String name) {
    var value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Text(var text) && !text.isBlank()) {
      return Optional.of(text);
    }
    problem(name, "a text");
    return Optional.empty();
  }

  public String requiredText(String name) {
    if (!has(name)) {
      missing(name, "a text");
    }
    return text(name).orElse("");
  }

  /** A whole number from {@code min} to {@code max}. */
  public Optional<Integer> number(String name, int min, int max) {
    var value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Whole(var number) && number >= min && number <= max) {
      return Optional.of((int) number);
    }
    problem(name, "a whole number from " + min + " to " + max);
    return Optional.empty();
  }

  /** An object; empty, and a problem, when something else stands there. */
  public Optional<Body> body(String name) {
    var value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Fields inner) {
      return Optional.of(new Body(inner, pathOf(name), problems));
    }
    problem(name, "an object");
    return Optional.empty();
  }

  public Optional<Body> requiredBody(String name) {
    if (!has(name)) {
      missing(name, "an object");
    }
    return body(name);
  }

  /** The objects of a list of one to {@code max}; empty, and a problem, for anything else. */
  public List<Body> bodies(String name, int max) {
    var value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Items(var items)) || items.isEmpty() || items.size() > max) {
      problem(name, "a list of 1 to " + max);
      return List.of();
    }
    var bodies = new ArrayList<Body>();
    for (int index = 0; index < items.size(); index++) {
      var itemPath = pathOf(name) + '[' + index + ']';
      if (items.get(index) instanceof Fields inner) {
        bodies.add(new Body(inner, itemPath, problems));
      } else {
        problems.add(new Problem(itemPath, "an object", shown(items.get(index))));
      }
    }
    return bodies;
  }

  /** Says that a member is not what it should be. */
  public void problem(String name, String expected) {
    problems.add(new Problem(pathOf(name), expected, shown(fields.get(name))));
  }

  /** Says that a member should be there. */
  public void missing(String name, String expected) {
    problems.add(new Problem(pathOf(name), expected, "nothing"));
  }

  /** Says that the object as a whole is not what it should be. */
  public void problem(String expected) {
    problems.add(new Problem(path, expected, shown(fields)));
  }

  /** Says of every member nobody asked for that it is unknown, and which name may be meant. */
  public void end() {
    for (var name : fields.fields().keySet()) {
      if (!known.contains(name)) {
        var nearest = Names.nearest(name, known);
        var expected =
            nearest
                .map(meant -> "a known member; is \"" + meant + "\" meant?")
                .orElse("one of " + String.join(", ", known));
        problems.add(new Problem(pathOf(name), expected, "\"" + name + '"'));
      }
    }
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  private static String shown(Value value) {
    if (value instanceof Nothing) {
      return "nothing";
    }
    var text = Json.text(value);
    return text.length() <= FOUND_MAX ? text : text.substring(0, FOUND_MAX) + "…";
  }
}

package dev.earshot.channel.template;

import dev.earshot.channel.template.LiquidText.Compiled;
import dev.earshot.channel.template.Rendering.Done;
import dev.earshot.channel.template.Rendering.Failed;
import dev.earshot.engine.definition.Body;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message's texts, to be filled in for each user. */
public final class Template {

  private final String channel;
  private final Map<String, LiquidText> parts;

  private Template(String channel, Map<String, LiquidText> parts) {
    this.channel = channel;
    this.parts = Map.copyOf(parts);
  }

  /** What came of rendering all texts. */
  public sealed interface Filled {

    /**
     * @param absent how many values that were to be shown were not there
     */
    record Ready(Content content, int absent) implements Filled {}

    record Broken(String reason) implements Filled {}
  }

  /** Reads the body of a definition, and adds whatever is wrong with it to the problems. */
  public static Optional<Template> read(Fields definition, List<Problem> problems) {
    var found = new ArrayList<Problem>();
    var body = Body.of(definition, found);
    body.has("kind");
    body.has("id");
    body.has("name");
    var channel = body.requiredText("channel");
    var parts = new LinkedHashMap<String, LiquidText>();
    switch (channel) {
      case "email" -> email(body, parts);
      case "webhook" -> part(body, "body", Escaping.JSON, true, parts);
      case "" -> {}
      default -> body.problem("channel", "email or webhook");
    }
    body.end();
    problems.addAll(found);
    return found.isEmpty() ? Optional.of(new Template(channel, parts)) : Optional.empty();
  }

  /** For which channel it is written. */
  public String channel() {
    return channel;
  }

  public Filled render(Fields data) {
    var texts = new LinkedHashMap<String, String>();
    int absent = 0;
    for (var part : parts.entrySet()) {
      switch (part.getValue().render(data)) {
        case Failed(var reason) -> {
          return new Filled.Broken(reason + " (in " + part.getKey() + ")");
        }
        case Done(var text, var missing) -> {
          texts.put(part.getKey(), text);
          absent += missing;
        }
      }
    }
    return new Filled.Ready(new Content(texts), absent);
  }

  private static void email(Body body, Map<String, LiquidText> parts) {
    part(body, "subject", Escaping.NONE, true, parts);
    part(body, "html", Escaping.HTML, false, parts);
    part(body, "text", Escaping.NONE, !body.has("html"), parts);
    part(body, "to", Escaping.NONE, false, parts);
    part(body, "from", Escaping.NONE, false, parts);
    part(body, "reply-to", Escaping.NONE, false, parts);
  }

  private static void part(
      Body body, String name, Escaping escaping, boolean required, Map<String, LiquidText> parts) {
    var source = required ? Optional.of(body.requiredText(name)) : body.text(name);
    source.ifPresent(it -> {
      switch (LiquidText.compile(it, escaping)) {
        case Compiled.Ready(var text) -> parts.put(name, text);
        case Compiled.Flawed(var flaws) -> flaws.forEach(flaw -> report(body, name, flaw));
      }
    });
  }

  private static void report(Body body, String name, Flaw flaw) {
    var place = "line " + flaw.line() + ", column " + flaw.column() + " of " + name;
    body.missing(name, "Liquid without flaws, but in " + place + ": " + flaw.message());
  }
}

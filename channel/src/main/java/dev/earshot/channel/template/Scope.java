package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rendering: the data, the names the template has given, what it has put out, and what it may
 * still do. The budget is counted in steps and not in time, so that the same template with the same
 * data always ends the same way, however busy the machine is.
 */
final class Scope {

  /** A loop's turn, a tag, a comparison, a filter, or 256 characters handled, is one step. */
  static final int STEPS_MAX = 50_000;

  static final int OUTPUT_LENGTH_MAX = 256 * 1024;

  private static final int CHARACTERS_A_STEP = 256;

  private final Fields data;
  private final Escaping escaping;
  private final Map<String, Operand> names = new HashMap<>();
  private StringBuilder output = new StringBuilder();
  private long steps;
  private int absent;

  Scope(Fields data, Escaping escaping) {
    this.data = data;
    this.escaping = escaping;
  }

  void step() {
    spend(1);
  }

  /** Accounts for a text or list of that many characters or items. */
  void handle(long length) {
    if (length > OUTPUT_LENGTH_MAX) {
      throw new RenderFailure("template_limit: a value is longer than " + OUTPUT_LENGTH_MAX);
    }
    spend(length / CHARACTERS_A_STEP);
  }

  Operand lookup(String name) {
    var named = names.get(name);
    return named != null ? named : Operand.of(data.get(name));
  }

  void name(String name, Operand value) {
    names.put(name, value);
  }

  @Nullable Operand named(String name) {
    return names.get(name);
  }

  void restore(String name, @Nullable Operand value) {
    if (value == null) {
      names.remove(name);
    } else {
      names.put(name, value);
    }
  }

  void text(String text) {
    handle(text.length());
    output.append(text);
    if (output.length() > OUTPUT_LENGTH_MAX) {
      throw new RenderFailure("template_limit: the text is longer than " + OUTPUT_LENGTH_MAX);
    }
  }

  void show(Operand operand) {
    if (operand.value() instanceof Nothing) {
      absent++;
      return;
    }
    var shown = shown(operand.value());
    handle(shown.length());
    text(operand.safe() ? shown : escaping.escape(shown));
  }

  /** What {@code block} puts out, kept aside: it is escaped already where it has to be. */
  Operand capture(Node block) {
    var outer = output;
    output = new StringBuilder();
    try {
      var _ = block.render(this);
      return Operand.safe(output.toString());
    } finally {
      output = outer;
    }
  }

  String escape(String text) {
    return escaping.escape(text);
  }

  Rendering.Done done() {
    return new Rendering.Done(output.toString(), absent);
  }

  static String shown(Value value) {
    if (value instanceof Items(var items)) {
      var joined = new StringBuilder();
      items.forEach(item -> joined.append(item.shown()));
      return joined.toString();
    }
    return value.shown();
  }

  private void spend(long cost) {
    steps += cost;
    if (steps > STEPS_MAX) {
      throw new RenderFailure("template_limit: more than " + STEPS_MAX + " steps");
    }
  }
}

package dev.earshot.channel.template;

import dev.earshot.event.Value.Fields;
import java.util.List;

/**
 * A text in Liquid, checked and ready to be rendered any number of times, on any thread. It sees
 * the data it is given and nothing else: no files, no classes, no clock.
 */
public final class LiquidText {

  public static final int SOURCE_LENGTH_MAX = 64 * 1024;

  private final Node root;
  private final Escaping escaping;

  LiquidText(Node root, Escaping escaping) {
    this.root = root;
    this.escaping = escaping;
  }

  /** A source that was compiled, or what is wrong with it. */
  public sealed interface Compiled {

    record Ready(LiquidText text) implements Compiled {}

    record Flawed(List<Flaw> flaws) implements Compiled {
      public Flawed {
        flaws = List.copyOf(flaws);
      }
    }
  }

  public static Compiled compile(String source, Escaping escaping) {
    return LiquidCompiler.compile(source, escaping);
  }

  public Rendering render(Fields data) {
    var scope = new Scope(data, escaping);
    try {
      var _ = root.render(scope);
      return scope.done();
    } catch (RenderFailure e) {
      return new Rendering.Failed(String.valueOf(e.getMessage()));
    }
  }
}

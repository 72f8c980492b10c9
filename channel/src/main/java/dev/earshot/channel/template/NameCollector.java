package dev.earshot.channel.template;

import java.util.HashSet;
import java.util.Set;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser.AssignmentContext;
import liquid.parser.v4.LiquidParser.Capture_tag_IdContext;
import liquid.parser.v4.LiquidParser.Capture_tag_StrContext;
import liquid.parser.v4.LiquidParser.For_arrayContext;
import liquid.parser.v4.LiquidParser.For_rangeContext;

/** Finds the names that a template gives itself. */
final class NameCollector {

  private NameCollector() {}

  static Set<String> names(ParseTree tree) {
    var names = new HashSet<String>();
    collect(tree, names);
    return names;
  }

  private static void collect(ParseTree tree, Set<String> names) {
    switch (tree) {
      case AssignmentContext assignment -> names.add(assignment.id().getText());
      case Capture_tag_IdContext capture -> names.add(capture.id().getText());
      case Capture_tag_StrContext capture ->
          names.add(ExpressionCompiler.unquoted(capture.Str().getText()));
      case For_arrayContext loop -> loop(loop.id().getText(), names);
      case For_rangeContext loop -> loop(loop.id().getText(), names);
      default -> {}
    }
    for (int child = 0; child < tree.getChildCount(); child++) {
      collect(tree.getChild(child), names);
    }
  }

  private static void loop(String name, Set<String> names) {
    names.add(name);
    names.add("forloop");
  }
}

package dev.earshot.channel.template;

import dev.earshot.channel.template.LiquidText.Compiled;
import dev.earshot.channel.template.Node.Flow;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liqp.org.antlr.v4.runtime.BaseErrorListener;
import liqp.org.antlr.v4.runtime.CharStreams;
import liqp.org.antlr.v4.runtime.CommonTokenStream;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liqp.org.antlr.v4.runtime.RecognitionException;
import liqp.org.antlr.v4.runtime.Recognizer;
import liqp.org.antlr.v4.runtime.Token;
import liquid.parser.v4.LiquidLexer;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParser.AssignmentContext;
import liquid.parser.v4.LiquidParser.AtomContext;
import liquid.parser.v4.LiquidParser.Atom_assignmentContext;
import liquid.parser.v4.LiquidParser.Atom_othersContext;
import liquid.parser.v4.LiquidParser.Atom_outputContext;
import liquid.parser.v4.LiquidParser.Atom_tagContext;
import liquid.parser.v4.LiquidParser.BlockContext;
import liquid.parser.v4.LiquidParser.Capture_tagContext;
import liquid.parser.v4.LiquidParser.Capture_tag_IdContext;
import liquid.parser.v4.LiquidParser.Capture_tag_StrContext;
import liquid.parser.v4.LiquidParser.Case_tagContext;
import liquid.parser.v4.LiquidParser.Else_tagContext;
import liquid.parser.v4.LiquidParser.For_arrayContext;
import liquid.parser.v4.LiquidParser.For_attributeContext;
import liquid.parser.v4.LiquidParser.For_rangeContext;
import liquid.parser.v4.LiquidParser.For_tagContext;
import liquid.parser.v4.LiquidParser.If_tagContext;
import liquid.parser.v4.LiquidParser.Lookup_id_indexesContext;
import liquid.parser.v4.LiquidParser.OutputContext;
import liquid.parser.v4.LiquidParser.ParseContext;
import liquid.parser.v4.LiquidParser.TagContext;
import liquid.parser.v4.LiquidParser.Unless_tagContext;
import org.jspecify.annotations.Nullable;

/** Makes nodes of a source, and notes every flaw it meets instead of stopping at the first. */
final class LiquidCompiler {

  private static final int DEPTH_MAX = 32;
  private static final int FLAWS_MAX = 20;

  /** The grammar's time and stack grow faster than the length of what stands in one tag. */
  private static final int TAG_LENGTH_MAX = 1000;

  /** Far more than the steps there are: keeps the arithmetic of a range within 64 bits. */
  private static final long RANGE_MAX = 1L << 40;

  private static final Set<String> TAGS = Set.of("break", "continue");

  private final List<Flaw> flaws = new ArrayList<>();
  private final ExpressionCompiler expressions;
  private int depth;

  private LiquidCompiler(Set<String> names) {
    expressions = new ExpressionCompiler(names, this::flaw);
  }

  static Compiled compile(String source, Escaping escaping) {
    if (source.length() > LiquidText.SOURCE_LENGTH_MAX) {
      return flawed("the template is longer than " + LiquidText.SOURCE_LENGTH_MAX);
    }
    if (longestTag(source) > TAG_LENGTH_MAX) {
      return flawed("a tag is not closed within " + TAG_LENGTH_MAX + " characters");
    }
    try {
      return parsed(source, escaping);
    } catch (StackOverflowError e) {
      return flawed("the template is nested too deeply");
    }
  }

  private static Compiled parsed(String source, Escaping escaping) {
    var syntax = new Syntax();
    var tree = syntax.parse(source);
    if (!syntax.flaws.isEmpty()) {
      return new Compiled.Flawed(syntax.flaws);
    }
    var compiler = new LiquidCompiler(NameCollector.names(tree));
    var root = compiler.block(tree.block());
    return compiler.flaws.isEmpty()
        ? new Compiled.Ready(new LiquidText(root, escaping))
        : new Compiled.Flawed(compiler.flaws);
  }

  private static int longestTag(String source) {
    int longest = 0;
    int open = nextTag(source, 0);
    while (open >= 0) {
      int found = source.indexOf(source.charAt(open + 1) == '%' ? "%}" : "}}", open);
      int close = found < 0 ? source.length() : found;
      longest = Math.max(longest, close - open);
      open = nextTag(source, close);
    }
    return longest;
  }

  private static int nextTag(String source, int from) {
    for (int at = source.indexOf('{', from); at >= 0; at = source.indexOf('{', at + 1)) {
      if (source.startsWith("{%", at) || source.startsWith("{{", at)) {
        return at;
      }
    }
    return -1;
  }

  private static Compiled flawed(String message) {
    return new Compiled.Flawed(List.of(new Flaw(1, 1, message)));
  }

  private void flaw(ParserRuleContext where, String message) {
    if (flaws.size() < FLAWS_MAX) {
      var token = where.getStart();
      int column = token.getCharPositionInLine() - misplaced(where) + 1;
      flaws.add(new Flaw(token.getLine(), column, message));
    }
  }

  /** The lexer gives the names of a chain, such as {@code a.b.c}, the place of the chain's end. */
  private static int misplaced(ParserRuleContext where) {
    return where instanceof Lookup_id_indexesContext path && path.getText().contains(".")
        ? path.getText().split("\\[", 2)[0].length()
        : 0;
  }

  private Node block(@Nullable BlockContext block) {
    if (block == null) {
      return _ -> Flow.NEXT;
    }
    if (depth == DEPTH_MAX) {
      flaw(block, "tags are nested more than " + DEPTH_MAX + " deep");
      return _ -> Flow.NEXT;
    }
    depth++;
    var nodes = block.atom().stream().map(this::atom).toList();
    depth--;
    return scope -> sequence(nodes, scope);
  }

  private static Flow sequence(List<Node> nodes, Scope scope) {
    for (var node : nodes) {
      scope.step();
      var flow = node.render(scope);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Node atom(AtomContext atom) {
    return switch (atom) {
      case Atom_othersContext other -> text(other.getText());
      case Atom_outputContext output -> output(output.output());
      case Atom_assignmentContext assignment -> assignment(assignment.assignment());
      case Atom_tagContext tag -> tag(tag.tag());
      default -> throw new IllegalStateException("unknown part: " + atom.getClass());
    };
  }

  private static Node text(String text) {
    return scope -> {
      scope.text(text);
      return Flow.NEXT;
    };
  }

  private Node output(OutputContext output) {
    if (output.not_out_end() != null || output.term() == null) {
      flaw(output, "this is not a value: " + output.getText());
      return _ -> Flow.NEXT;
    }
    var value = expressions.filtered(expressions.term(output.term()), output.filter());
    return scope -> {
      scope.show(value.evaluate(scope));
      return Flow.NEXT;
    };
  }

  private Node assignment(AssignmentContext assignment) {
    var name = assignment.id().getText();
    var value =
        expressions.filtered(expressions.expression(assignment.expr()), assignment.filter());
    return scope -> {
      scope.name(name, value.evaluate(scope));
      return Flow.NEXT;
    };
  }

  private Node tag(TagContext tag) {
    if (tag.if_tag() != null) {
      return choice(tag.if_tag());
    } else if (tag.unless_tag() != null) {
      return unless(tag.unless_tag());
    } else if (tag.case_tag() != null) {
      return cases(tag.case_tag());
    } else if (tag.for_tag() != null) {
      return loop(tag.for_tag());
    } else if (tag.capture_tag() != null) {
      return capture(tag.capture_tag());
    } else if (tag.raw_tag() != null) {
      return text(tag.raw_tag().raw_body().getText());
    } else if (tag.comment_tag() != null || tag.empty_tag() != null) {
      return _ -> Flow.NEXT;
    } else if (tag.continue_tag() != null) {
      return _ -> Flow.CONTINUE;
    } else if (tag.simple_tag() != null) {
      return "break".equals(tag.simple_tag().SimpleTagId().getText())
          ? _ -> Flow.BREAK
          : _ -> Flow.CONTINUE;
    }
    flaw(tag, "there is no such tag here: " + shortened(tag.getText()));
    return _ -> Flow.NEXT;
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private Node choice(If_tagContext tag) {
    Map<Expression, Node> branches = new LinkedHashMap<>();
    branches.put(expressions.expression(tag.expr()), block(tag.block()));
    for (var elsif : tag.elsif_tag()) {
      branches.put(expressions.expression(elsif.expr()), block(elsif.block()));
    }
    return firstTrue(branches, otherwise(tag.else_tag()));
  }

  private Node unless(Unless_tagContext tag) {
    var condition = expressions.expression(tag.expr());
    var body = block(tag.block());
    var otherwise = otherwise(tag.else_tag());
    return scope ->
        Comparison.truthy(condition.evaluate(scope).value())
            ? otherwise.render(scope)
            : body.render(scope);
  }

  private Node cases(Case_tagContext tag) {
    var subject = expressions.expression(tag.expr());
    Map<Expression, Node> branches = new LinkedHashMap<>();
    for (var when : tag.when_tag()) {
      var body = block(when.block());
      for (var term : when.term()) {
        var candidate = expressions.term(term);
        branches.put(scope -> same(subject, candidate, scope), body);
      }
    }
    return firstTrue(branches, otherwise(tag.else_tag()));
  }

  private static Operand same(Expression subject, Expression candidate, Scope scope) {
    scope.step();
    return Operand.of(
        Value.of(
            Comparison.equal(subject.evaluate(scope).value(), candidate.evaluate(scope).value())));
  }

  private Node otherwise(@Nullable Else_tagContext tag) {
    return block(tag == null ? null : tag.block());
  }

  private static Node firstTrue(Map<Expression, Node> branches, Node otherwise) {
    return scope -> {
      for (var branch : branches.entrySet()) {
        scope.step();
        if (Comparison.truthy(branch.getKey().evaluate(scope).value())) {
          return branch.getValue().render(scope);
        }
      }
      return otherwise.render(scope);
    };
  }

  private Node capture(Capture_tagContext tag) {
    return switch (tag) {
      case Capture_tag_IdContext named -> capture(named.id().getText(), block(named.block()));
      case Capture_tag_StrContext named ->
          capture(ExpressionCompiler.unquoted(named.Str().getText()), block(named.block()));
      default -> throw new IllegalStateException("unknown capture: " + tag.getClass());
    };
  }

  private static Node capture(String name, Node body) {
    return scope -> {
      scope.name(name, scope.capture(body));
      return Flow.NEXT;
    };
  }

  private Node loop(For_tagContext tag) {
    return tag.for_array() != null ? overItems(tag.for_array()) : overRange(tag.for_range());
  }

  private Node overItems(For_arrayContext tag) {
    var list = expressions.lookup(tag.lookup());
    var body = block(tag.for_block().a);
    var otherwise = block(tag.for_block().b);
    var window = window(tag.for_attribute());
    boolean reversed = tag.Reversed() != null;
    var name = tag.id().getText();
    return scope -> {
      var items = ListFilters.items(list.evaluate(scope));
      var chosen = window.of(scope, items.size());
      return chosen.isEmpty()
          ? otherwise.render(scope)
          : new Loop(name, body, chosen, reversed).render(scope, i -> items.get((int) i));
    };
  }

  private Node overRange(For_rangeContext tag) {
    var from = expressions.expression(tag.from);
    var to = expressions.expression(tag.to);
    var body = block(tag.block());
    var window = window(tag.for_attribute());
    boolean reversed = tag.Reversed() != null;
    var name = tag.id().getText();
    return scope -> {
      long first = Math.clamp(Numbers.whole(from.evaluate(scope).value()), -RANGE_MAX, RANGE_MAX);
      long last = Math.clamp(Numbers.whole(to.evaluate(scope).value()), -RANGE_MAX, RANGE_MAX);
      var chosen = window.of(scope, Math.max(0, last - first + 1));
      return new Loop(name, body, chosen, reversed)
          .render(scope, i -> Value.of(Math.addExact(first, i)));
    };
  }

  private Window window(List<For_attributeContext> attributes) {
    Expression offset = _ -> Operand.of(0);
    Expression limit = _ -> Operand.NOTHING;
    for (var attribute : attributes) {
      if (attribute.expr() == null) {
        flaw(attribute, "offset:continue is not supported");
      } else if (attribute.Offset() != null) {
        offset = expressions.expression(attribute.expr());
      } else if ("limit".equals(attribute.Id().getText())) {
        limit = expressions.expression(attribute.expr());
      } else {
        flaw(attribute, "a loop has limit and offset, not " + attribute.Id().getText());
      }
    }
    return new Window(offset, limit);
  }

  /** Which part of what it could go over a loop goes over. */
  private record Window(Expression offset, Expression limit) {

    Loop.Span of(Scope scope, long length) {
      long from = Math.clamp(Numbers.whole(offset.evaluate(scope).value()), 0, length);
      var most = limit.evaluate(scope).value();
      long count =
          most instanceof Nothing
              ? length - from
              : Math.clamp(Numbers.whole(most), 0, length - from);
      return new Loop.Span(from, count);
    }
  }

  /** Liqp's lexer and parser, with what they refuse. */
  private static final class Syntax extends BaseErrorListener {
    private final List<Flaw> flaws = new ArrayList<>();

    ParseContext parse(String source) {
      var lexer = new LiquidLexer(CharStreams.fromString(source), false, false, Set.of(), TAGS);
      lexer.removeErrorListeners();
      lexer.addErrorListener(this);
      var parser = new LiquidParser(new CommonTokenStream(lexer));
      parser.removeErrorListeners();
      parser.addErrorListener(this);
      return parser.parse();
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException exception) {
      if (flaws.size() < FLAWS_MAX) {
        flaws.add(new Flaw(line, column + 1, readable(symbol, message)));
      }
    }

    private static String readable(@Nullable Object symbol, String message) {
      if (message.startsWith("Invalid Tag")) {
        return "there is no such tag here:" + message.substring("Invalid Tag:".length());
      }
      if (symbol instanceof Token token && token.getType() == Token.EOF) {
        return "the template ends before this is closed";
      }
      return symbol instanceof Token token
          ? "this is not understood: " + shortened(token.getText().strip())
          : "this is not understood";
    }
  }
}

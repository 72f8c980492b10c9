package dev.earshot.channel.template;

import dev.earshot.channel.template.Filter.Arguments;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liquid.parser.v4.LiquidLexer;
import liquid.parser.v4.LiquidParser.ExprContext;
import liquid.parser.v4.LiquidParser.Expr_containsContext;
import liquid.parser.v4.LiquidParser.Expr_eqContext;
import liquid.parser.v4.LiquidParser.Expr_logicContext;
import liquid.parser.v4.LiquidParser.Expr_relContext;
import liquid.parser.v4.LiquidParser.Expr_termContext;
import liquid.parser.v4.LiquidParser.FilterContext;
import liquid.parser.v4.LiquidParser.IndexContext;
import liquid.parser.v4.LiquidParser.LookupContext;
import liquid.parser.v4.LiquidParser.Lookup_emptyContext;
import liquid.parser.v4.LiquidParser.Lookup_id_indexesContext;
import liquid.parser.v4.LiquidParser.Param_exprContext;
import liquid.parser.v4.LiquidParser.Param_expr_exprContext;
import liquid.parser.v4.LiquidParser.TermContext;
import liquid.parser.v4.LiquidParser.Term_BlankContext;
import liquid.parser.v4.LiquidParser.Term_DoubleNumContext;
import liquid.parser.v4.LiquidParser.Term_EmptyContext;
import liquid.parser.v4.LiquidParser.Term_FalseContext;
import liquid.parser.v4.LiquidParser.Term_LongNumContext;
import liquid.parser.v4.LiquidParser.Term_NilContext;
import liquid.parser.v4.LiquidParser.Term_StrContext;
import liquid.parser.v4.LiquidParser.Term_TrueContext;
import liquid.parser.v4.LiquidParser.Term_exprContext;
import liquid.parser.v4.LiquidParser.Term_lookupContext;

/** Makes expressions of the parts of a template that have a value. */
final class ExpressionCompiler {

  /** What a template is given; everything else it must name itself. */
  static final Set<String> DATA = Set.of("user", "account", "event", "journey", "delivery");

  /**
   * Stands for Liquid's {@code empty} and {@code blank}, which equal whatever has nothing in it.
   */
  private static final Expression EMPTY = _ -> Operand.NOTHING;

  private final Set<String> names;
  private final BiConsumer<ParserRuleContext, String> flaws;

  ExpressionCompiler(Set<String> names, BiConsumer<ParserRuleContext, String> flaws) {
    this.names = names;
    this.flaws = flaws;
  }

  Expression expression(ExprContext expression) {
    return switch (expression) {
      case Expr_termContext term -> term(term.term());
      case Expr_containsContext contains -> truth(contains.lhs, contains.rhs, Comparison::contains);
      case Expr_eqContext equal -> equality(equal);
      case Expr_relContext relation -> relation(relation);
      case Expr_logicContext logic -> logic(logic);
      default -> throw new IllegalStateException("unknown expression: " + expression.getClass());
    };
  }

  Expression term(TermContext term) {
    return switch (term) {
      case Term_lookupContext lookup -> lookup(lookup.lookup());
      case Term_StrContext text -> constant(Value.of(unquoted(text.Str().getText())));
      case Term_LongNumContext number -> constant(Numbers.parse(number.getText()));
      case Term_DoubleNumContext number -> constant(Numbers.parse(number.getText()));
      case Term_TrueContext _ -> constant(Value.of(true));
      case Term_FalseContext _ -> constant(Value.of(false));
      case Term_NilContext _ -> constant(Nothing.NOTHING);
      case Term_EmptyContext _, Term_BlankContext _ -> EMPTY;
      case Term_exprContext inner -> expression(inner.expr());
      default -> throw new IllegalStateException("unknown term: " + term.getClass());
    };
  }

  Expression lookup(LookupContext lookup) {
    if (lookup instanceof Lookup_emptyContext) {
      return EMPTY;
    }
    if (!(lookup instanceof Lookup_id_indexesContext path)) {
      flaws.accept(lookup, "a value begins with a name: " + lookup.getText());
      return EMPTY;
    }
    var name = path.id().getText();
    if (!DATA.contains(name) && !names.contains(name)) {
      flaws.accept(lookup, "unknown variable: " + name);
    }
    var indexes = path.index().stream().map(this::index).toList();
    return scope -> resolve(name, indexes, scope);
  }

  Expression filtered(Expression input, List<FilterContext> filters) {
    var value = input;
    for (var filter : filters) {
      value = filtered(value, filter);
    }
    return value;
  }

  static String unquoted(String literal) {
    return literal.substring(1, literal.length() - 1);
  }

  private Expression filtered(Expression input, FilterContext tag) {
    var filter = Filters.named(tag.Id().getText());
    if (filter == null) {
      flaws.accept(
          tag,
          "unknown filter: "
              + tag.Id().getText()
              + "; there are "
              + String.join(", ", Filters.names()));
      return input;
    }
    List<Expression> arguments = new ArrayList<>();
    if (tag.params() != null) {
      tag.params().param_expr().forEach(argument -> arguments.add(argument(argument)));
    }
    return scope ->
        filter.apply(
            input.evaluate(scope),
            new Arguments(arguments.stream().map(it -> it.evaluate(scope).value()).toList()),
            scope);
  }

  private Expression argument(Param_exprContext argument) {
    if (argument instanceof Param_expr_exprContext plain) {
      return expression(plain.expr());
    }
    flaws.accept(argument, "a filter's argument has no name: " + argument.getText());
    return EMPTY;
  }

  private static Expression constant(Value value) {
    var operand = Operand.of(value);
    return _ -> operand;
  }

  private Expression index(IndexContext index) {
    return index.id2() != null
        ? constant(Value.of(index.id2().getText()))
        : expression(index.expr());
  }

  private static Operand resolve(String name, List<Expression> indexes, Scope scope) {
    scope.step();
    var operand = scope.lookup(name);
    for (var index : indexes) {
      scope.step();
      operand = Operand.of(inside(operand.value(), index.evaluate(scope).value()));
    }
    return operand;
  }

  private static Value inside(Value whole, Value index) {
    return switch (whole) {
      case Fields fields when fields.fields().containsKey(index.shown()) ->
          fields.get(index.shown());
      case Items(var items) when index instanceof Value.Whole(var at) -> item(items, at);
      case Items(var items) when "first".equals(index.shown()) -> item(items, 0);
      case Items(var items) when "last".equals(index.shown()) -> item(items, -1);
      case Value counted when "size".equals(index.shown()) && !(counted instanceof Nothing) ->
          Value.of(ListFilters.size(counted));
      default -> Nothing.NOTHING;
    };
  }

  private static Value item(List<Value> items, long at) {
    long index = at < 0 ? items.size() + at : at;
    return index >= 0 && index < items.size() ? items.get((int) index) : Nothing.NOTHING;
  }

  private Expression equality(Expr_eqContext equal) {
    boolean wanted = equal.op.getType() == LiquidLexer.Eq;
    if (emptiness(equal.rhs)) {
      var left = expression(equal.lhs);
      return scope ->
          Operand.of(Value.of(Comparison.empty(left.evaluate(scope).value()) == wanted));
    }
    return truth(equal.lhs, equal.rhs, (a, b) -> Comparison.equal(a, b) == wanted);
  }

  private static boolean emptiness(ExprContext expression) {
    return expression instanceof Expr_termContext term
        && switch (term.term()) {
          case Term_EmptyContext _, Term_BlankContext _ -> true;
          case Term_lookupContext lookup -> lookup.lookup() instanceof Lookup_emptyContext;
          default -> false;
        };
  }

  private Expression relation(Expr_relContext relation) {
    int operator = relation.op.getType();
    return truth(relation.lhs, relation.rhs, (a, b) -> holds(operator, Comparison.order(a, b)));
  }

  private static boolean holds(int operator, OptionalInt order) {
    if (order.isEmpty()) {
      return false;
    }
    int sign = order.getAsInt();
    return switch (operator) {
      case LiquidLexer.Lt -> sign < 0;
      case LiquidLexer.LtEq -> sign <= 0;
      case LiquidLexer.Gt -> sign > 0;
      case LiquidLexer.GtEq -> sign >= 0;
      default -> throw new IllegalStateException("unknown comparison: " + operator);
    };
  }

  private Expression logic(Expr_logicContext logic) {
    var left = expression(logic.lhs);
    var right = expression(logic.rhs);
    boolean both = logic.op.getType() == LiquidLexer.And;
    return scope -> {
      scope.step();
      boolean first = Comparison.truthy(left.evaluate(scope).value());
      return first == both
          ? Operand.of(Value.of(Comparison.truthy(right.evaluate(scope).value())))
          : Operand.of(Value.of(first));
    };
  }

  private Expression truth(
      ExprContext lhs, ExprContext rhs, BiFunction<Value, Value, Boolean> test) {
    var left = expression(lhs);
    var right = expression(rhs);
    return scope -> {
      scope.step();
      var value = left.evaluate(scope).value();
      scope.handle(value instanceof Value.Text(var text) ? text.length() : 1);
      return Operand.of(Value.of(test.apply(value, right.evaluate(scope).value())));
    };
  }
}

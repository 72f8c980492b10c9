package dev.earshot.channel.template;

/** A part of a template that has a value. */
@FunctionalInterface
interface Expression {
  Operand evaluate(Scope scope);
}

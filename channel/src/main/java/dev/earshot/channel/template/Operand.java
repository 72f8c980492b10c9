package dev.earshot.channel.template;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;

/**
 * A value on its way through a template.
 *
 * @param safe whether it is markup that the template's author vouches for, to be shown as it is
 */
record Operand(Value value, boolean safe) {

  static final Operand NOTHING = of(Nothing.NOTHING);

  static Operand of(Value value) {
    return new Operand(value, false);
  }

  static Operand of(String text) {
    return of(Value.of(text));
  }

  static Operand of(long number) {
    return of(Value.of(number));
  }

  static Operand safe(String text) {
    return new Operand(Value.of(text), true);
  }
}

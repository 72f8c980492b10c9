package dev.earshot.engine.journey;

import dev.earshot.engine.definition.Definition;
import java.util.List;

/** The active definitions, compiled: immutable, and indexed so that an event finds its rules. */
public final class Rules {

  public static final Rules EMPTY = new Rules();

  private Rules() {}

  /** These rules with more versions of definitions; what was there stays reachable. */
  public Rules with(List<Definition> definitions) {
    return definitions.isEmpty() ? this : new Rules();
  }
}

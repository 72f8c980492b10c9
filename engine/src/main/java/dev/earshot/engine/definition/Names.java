package dev.earshot.engine.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody who mistyped may have meant. */
public final class Names {

  private static final int LENGTH_MAX = 64;

  private Names() {}

  /** The known name that differs least, if it differs in no more than a third of its letters. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    var typed = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(meant -> distance(typed, meant) <= Math.max(1, meant.length() / 3))
        .min(Comparator.comparingInt(meant -> distance(typed, meant)));
  }

  /** How many letters must be put in, taken out or changed to make one of the other. */
  private static int distance(String one, String other) {
    var above = new int[other.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      var current = new int[above.length];
      current[0] = row;
      for (int column = 1; column < current.length; column++) {
        int changed = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(above[column - 1] + changed, Math.min(above[column], current[column - 1]) + 1);
      }
      above = current;
    }
    return above[other.length()];
  }
}

package dev.earshot.engine.definition;

import java.util.Locale;
import java.util.Optional;

/** The kinds of definition there are. */
public enum DefinitionKind {
  JOURNEY,
  TEMPLATE,
  DESTINATION,
  /** A write or admin key: its hash and what it may do, never the key itself. */
  KEY;

  /** The word in files and paths: {@code journey}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<DefinitionKind> of(String word) {
    for (var kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}

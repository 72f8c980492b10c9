package dev.earshot.bench.proof;

import java.util.Locale;

/** Whose an event is. */
enum Workspace {
  /** The one that the first start of a server makes. */
  HOME,
  /** A stranger to it. */
  OTHER;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

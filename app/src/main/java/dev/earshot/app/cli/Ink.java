package dev.earshot.app.cli;

import java.io.Console;
import java.util.Optional;

/** Colours for a terminal, or none where the output goes into a file or a pipe. */
public enum Ink {
  COLOURED,
  PLAIN;

  /** Colours when a person looks on and has not asked for none with {@code NO_COLOR}. */
  static Ink ofTerminal() {
    boolean wanted = System.getenv("NO_COLOR") == null;
    return wanted && terminal().isPresent() ? COLOURED : PLAIN;
  }

  /** The terminal at which somebody reads and types, if there is one. */
  static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  public String red(String text) {
    return in("31", text);
  }

  public String green(String text) {
    return in("32", text);
  }

  public String yellow(String text) {
    return in("33", text);
  }

  public String cyan(String text) {
    return in("36", text);
  }

  public String bold(String text) {
    return in("1", text);
  }

  public String faint(String text) {
    return in("2", text);
  }

  private String in(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

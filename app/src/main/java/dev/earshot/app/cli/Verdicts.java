package dev.earshot.app.cli;

import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Truth;

/** Decisions in words: what was decided, and which gates let it through or did not. */
final class Verdicts {

  private Verdicts() {}

  static String coloured(String verdict, Ink ink) {
    return switch (verdict) {
      case "entered", "sent" -> ink.green(verdict);
      case "suppressed" -> ink.red(verdict);
      default -> ink.yellow(verdict.replace('-', ' '));
    };
  }

  /** The sentence of the gate that stopped it; empty when all let it through. */
  static String because(Fields decision) {
    for (var gate : Shown.items(decision.get("gates"))) {
      if (!passed(gate)) {
        return ": " + gate.get("explanation").shown();
      }
    }
    return "";
  }

  /** The decision with every gate it went through. */
  static void explain(Fields decision, Screen screen) {
    var ink = screen.ink();
    screen.line(
        ink.bold(decision.get("journey").shown())
            + ink.faint(" version " + decision.get("version").shown())
            + "  "
            + coloured(decision.get("verdict").shown(), ink)
            + "  "
            + ink.faint(Shown.dateAndTime(decision.get("at"))));
    for (var gate : Shown.items(decision.get("gates"))) {
      explainGate(gate, screen);
    }
    var cause = decision.get("cause").shown();
    if (!cause.isEmpty()) {
      screen.line(ink.faint("    because of " + cause));
    }
  }

  private static void explainGate(Fields gate, Screen screen) {
    var ink = screen.ink();
    var sign = passed(gate) ? ink.green("✓") : ink.red("✗");
    screen.line(
        "  " + sign + " " + gate.get("name").shown() + ": " + gate.get("explanation").shown());
    var seen = Shown.pairs(Shown.fields(gate.get("seen")));
    if (!seen.isEmpty()) {
      screen.line(ink.faint("      " + seen));
    }
  }

  private static boolean passed(Fields gate) {
    return gate.get("passed") instanceof Truth(var passed) && passed;
  }
}

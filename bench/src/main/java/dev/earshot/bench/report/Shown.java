package dev.earshot.bench.report;

import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.report.Figure.Limit;
import java.util.Locale;

/** Figures as a person reads them. */
final class Shown {

  private Shown() {}

  static String number(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "none";
    }
    return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }

  static String value(Figure figure) {
    return number(figure.value()) + " " + figure.unit();
  }

  static String limit(Figure figure) {
    return switch (figure.limit()) {
      case Limit.Beside(var name, var value) -> "%s (%s)".formatted(number(value), name);
      case Limit.None() -> "";
    };
  }

  static String ratio(Figure figure) {
    return Double.isNaN(figure.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio());
  }

  static String goal(Figure figure) {
    return switch (figure.goal()) {
      case Goal.RatioAtLeast(var bound) -> String.format(Locale.ROOT, "ratio >= %.2f", bound);
      case Goal.RatioAtMost(var bound) -> String.format(Locale.ROOT, "ratio <= %.2f", bound);
      case Goal.AtLeast(var bound) -> ">= " + number(bound);
      case Goal.AtMost(var bound) -> "<= " + number(bound);
      case Goal.None() -> "";
    };
  }
}

package dev.earshot.bench.report;

/**
 * Something that was measured.
 *
 * @param limit what the same machine did in the same run without the product
 */
public record Figure(String name, double value, String unit, Limit limit, Goal goal) {

  /** What bounds a figure. */
  public sealed interface Limit {

    /** Nothing was measured beside it. */
    record None() implements Limit {}

    /** The same without what is measured. */
    record Beside(String name, double value) implements Limit {}
  }

  /** What a figure is aimed at. */
  public sealed interface Goal {

    /** It is only told. */
    record None() implements Goal {}

    /** Of the ratio to the limit. */
    record RatioAtLeast(double bound) implements Goal {}

    record RatioAtMost(double bound) implements Goal {}

    record AtLeast(double bound) implements Goal {}

    record AtMost(double bound) implements Goal {}
  }

  /** Whether a figure is what it is aimed at. */
  public enum Outcome {
    MET("met"),
    MISSED("missed"),
    TOLD("");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    private static Outcome of(boolean met) {
      return met ? MET : MISSED;
    }
  }

  /** A figure with nothing beside it, aimed at nothing. */
  public static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, new Limit.None(), new Goal.None());
  }

  public Figure beside(String other, double otherValue) {
    return new Figure(name, value, unit, new Limit.Beside(other, otherValue), goal);
  }

  public Figure aimedAt(Goal aim) {
    return new Figure(name, value, unit, limit, aim);
  }

  /** The figure as a share of its limit; not a number when it has none. */
  public double ratio() {
    return switch (limit) {
      case Limit.Beside(_, var other) -> value / other;
      case Limit.None() -> Double.NaN;
    };
  }

  /** What could not be measured has missed its goal. */
  public Outcome outcome() {
    return switch (goal) {
      case Goal.RatioAtLeast(var bound) -> Outcome.of(ratio() >= bound);
      case Goal.RatioAtMost(var bound) -> Outcome.of(ratio() <= bound);
      case Goal.AtLeast(var bound) -> Outcome.of(value >= bound);
      case Goal.AtMost(var bound) -> Outcome.of(value <= bound);
      case Goal.None() -> Outcome.TOLD;
    };
  }
}

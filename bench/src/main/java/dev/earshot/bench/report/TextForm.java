package dev.earshot.bench.report;

/** The report for a terminal. */
public final class TextForm {

  private TextForm() {}

  public static String of(Report report) {
    var text = new StringBuilder(report.title()).append("\n\n");
    report.machine().forEach((name, value) -> text.append("  %-12s %s%n".formatted(name, value)));
    report.sections().forEach(section -> text.append('\n').append(of(section)));
    return text.toString();
  }

  /** One part of it, as soon as there is one. */
  public static String of(Section section) {
    var text = new StringBuilder("%s: %s%n".formatted(section.name(), section.meaning()));
    section.figures().forEach(figure -> text.append(line(figure)).append('\n'));
    section.remarks().forEach(remark -> text.append("    ").append(remark).append('\n'));
    return text.toString();
  }

  private static String line(Figure figure) {
    var line = "  %-44s %18s".formatted(figure.name(), Shown.value(figure));
    var ratio = Shown.ratio(figure);
    if (!ratio.isEmpty()) {
      line += "   %s of %s".formatted(ratio, Shown.limit(figure));
    }
    var goal = Shown.goal(figure);
    return goal.isEmpty()
        ? line
        : line + "   wanted %s: %s".formatted(goal, figure.outcome().word());
  }
}

package dev.earshot.bench.report;

import dev.earshot.bench.report.Figure.Limit;
import java.util.List;
import java.util.Locale;

/** The report as one page of HTML that loads nothing from anywhere. */
public final class PageForm {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
      color:#1c2330;background:#fff}
      h2{margin:2.5rem 0 .25rem;font-size:1.1rem}
      table{border-collapse:collapse;width:100%}
      td,th{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #dde3ea}
      td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
      .met{color:#116329}.missed{color:#a40e26;font-weight:600}
      svg{display:block;width:100%;margin:.75rem 0}
      svg text{font:12px system-ui,sans-serif;fill:#1c2330}
      .figure{fill:#2f6fde}.limit{fill:#b6c2d1}
      """;

  private static final int ROW_HEIGHT = 18;
  private static final int GROUP_GAP = 8;
  private static final int WIDTH = 900;
  private static final int LABEL_WIDTH = 330;
  private static final int BAR_WIDTH = 430;

  private PageForm() {}

  public static String of(Report report) {
    var page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append(
        "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n"
            .formatted(escaped(report.title()), STYLE));
    page.append("<h1>%s</h1>\n<table>\n".formatted(escaped(report.title())));
    report
        .machine()
        .forEach((name, value) ->
            page.append(
                "<tr><th>%s</th><td>%s</td></tr>\n".formatted(escaped(name), escaped(value))));
    page.append("</table>\n");
    report.sections().forEach(section -> page.append(section(section)));
    return page.append("</body>\n</html>\n").toString();
  }

  private static String section(Section section) {
    var html =
        new StringBuilder(
            "<h2>%s</h2>\n<p>%s</p>\n"
                .formatted(escaped(section.name()), escaped(section.meaning())));
    if (!section.figures().isEmpty()) {
      html.append(table(section.figures()));
      section.figures().stream()
          .map(Figure::unit)
          .distinct()
          .forEach(unit -> html.append(chart(section.figures(), unit)));
    }
    section.remarks().forEach(remark -> html.append("<p>" + escaped(remark) + "</p>\n"));
    return html.toString();
  }

  private static String table(List<Figure> figures) {
    var html =
        new StringBuilder(
            "<table>\n<tr><th>figure</th><th class=\"number\">measured</th><th>beside</th>"
                + "<th class=\"number\">ratio</th><th>wanted</th><th></th></tr>\n");
    for (var figure : figures) {
      var word = figure.outcome().word();
      html.append(
          ("<tr><td>%s</td><td class=\"number\">%s</td><td>%s</td><td class=\"number\">%s</td>"
                  + "<td>%s</td><td class=\"%s\">%s</td></tr>\n")
              .formatted(
                  escaped(figure.name()),
                  escaped(Shown.value(figure)),
                  escaped(Shown.limit(figure)),
                  Shown.ratio(figure),
                  escaped(Shown.goal(figure)),
                  word,
                  word));
    }
    return html.append("</table>\n").toString();
  }

  /** A bar for each figure of one unit and for its limit, on one scale. */
  private static String chart(List<Figure> all, String unit) {
    var figures = all.stream().filter(figure -> figure.unit().equals(unit)).toList();
    double most = figures.stream().mapToDouble(PageForm::most).max().orElse(0);
    var bars = new StringBuilder();
    int y = 0;
    for (var figure : figures) {
      bars.append(bar(y, "figure", figure.name(), figure.value(), most));
      y += ROW_HEIGHT;
      if (figure.limit() instanceof Limit.Beside(var name, var value)) {
        bars.append(bar(y, "limit", name, value, most));
        y += ROW_HEIGHT;
      }
      y += GROUP_GAP;
    }
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n"
        .formatted(WIDTH, y, escaped(unit), bars);
  }

  private static double most(Figure figure) {
    double value = Double.isFinite(figure.value()) ? figure.value() : 0;
    return figure.limit() instanceof Limit.Beside(_, var other) ? Math.max(value, other) : value;
  }

  private static String bar(int y, String kind, String name, double value, double most) {
    double width = most > 0 && value > 0 ? BAR_WIDTH * value / most : 0;
    return String.format(
        Locale.ROOT,
        """
        <text x="0" y="%d">%s</text><rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>\
        <text x="%.1f" y="%d">%s</text>
        """,
        y + ROW_HEIGHT - 5,
        escaped(name),
        kind,
        LABEL_WIDTH,
        y + 2,
        width,
        ROW_HEIGHT - 4,
        LABEL_WIDTH + width + 6,
        y + ROW_HEIGHT - 5,
        escaped(Shown.number(value)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

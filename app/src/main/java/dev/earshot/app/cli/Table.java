package dev.earshot.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell. */
final class Table {

  private static final int CELL_LENGTH_MAX = 60;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  void row(String... cells) {
    rows.add(
        List.of(cells).stream()
            .map(cell -> Shown.shortened(cell.replace('\n', ' '), CELL_LENGTH_MAX))
            .toList());
  }

  void print(Screen screen) {
    screen.line(screen.ink().bold(line(headings)));
    rows.forEach(row -> screen.line(line(row)));
  }

  private String line(List<String> cells) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      var cell = cells.get(column);
      line.append(cell).repeat(' ', width(column) - cell.length() + 2);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int width = headings.get(column).length();
    for (var row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }
}

package dev.earshot.bench.report;

import java.util.List;

/**
 * What one measurement found.
 *
 * @param meaning what was measured, and how
 * @param remarks what a reader of the figures must know
 */
public record Section(String name, String meaning, List<Figure> figures, List<String> remarks) {

  public Section {
    figures = List.copyOf(figures);
    remarks = List.copyOf(remarks);
  }
}

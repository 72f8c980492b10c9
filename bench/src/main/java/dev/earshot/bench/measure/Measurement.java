package dev.earshot.bench.measure;

import dev.earshot.bench.report.Figure;
import java.util.List;

/** One thing that the report measures. */
interface Measurement {

  String name();

  /** What is measured, and how. */
  String meaning();

  /** Measures; throws {@link BenchFailure} when that cannot be done. */
  List<Figure> measure(Rig rig) throws InterruptedException;

  /** What a reader of the figures must know. */
  default List<String> remarks() {
    return List.of();
  }
}

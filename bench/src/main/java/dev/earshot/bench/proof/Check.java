package dev.earshot.bench.proof;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One thing that must never be.
 *
 * @param meaning what is counted
 * @param find names everything of that kind
 */
record Check(String name, String meaning, Function<Evidence, Stream<String>> find) {

  private static final int EXAMPLES_MAX = 3;

  /** What a check found. */
  record Row(String name, String meaning, long count, List<String> examples) {

    boolean holds() {
      return count == 0;
    }
  }

  Row row(Evidence evidence) {
    var found = find.apply(evidence).toList();
    var examples = found.stream().limit(EXAMPLES_MAX).toList();
    return new Row(name, meaning, found.size(), examples);
  }
}

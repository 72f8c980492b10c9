package dev.earshot.bench.proof;

import dev.earshot.bench.Bench;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.server.Launcher;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Whole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A proof of the program as it was built for the tests.
 *
 * @param verdict what it printed, and {@code progress} what it said meanwhile
 */
record ProofRun(int status, String verdict, String progress) {

  /**
   * @param javaOption one more for the server's java, or nothing
   * @param words more than where to work
   */
  static ProofRun of(Path folder, String javaOption, List<String> words)
      throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var all = new ArrayList<>(List.of("prove", "--folder", folder.resolve("work").toString()));
    all.addAll(List.of("--earshot", Launcher.write(folder, javaOption).toString()));
    all.addAll(words);
    int status = Bench.run(all, print(out), print(err));
    return new ProofRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What a check found, of a verdict in JSON. */
  long count(String check) {
    var checks = (Items) Json.parseFields(Events.bytes(verdict)).get("checks");
    return checks.items().stream()
        .map(Fields.class::cast)
        .filter(row -> row.get("name").shown().equals(check))
        .mapToLong(row -> row.get("count") instanceof Whole(var count) ? count : 0)
        .sum();
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return progress + verdict;
  }
}

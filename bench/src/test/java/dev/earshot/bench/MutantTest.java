package dev.earshot.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.fault.AgentJar;
import dev.earshot.bench.fault.Planting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mutant is found by the check that is there for it: a check must be seen to fail. */
@Tag("slow")
class MutantTest {

  private static final List<String> SHORT =
      List.of(
          "--minutes",
          "0",
          "--phase",
          "4",
          "--rate",
          "40",
          "--seed",
          "1",
          "--wait",
          "30",
          "--patience",
          "10",
          "--alive-ms",
          "12000",
          "--json");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void aMutantIsFound(Mutant mutant) throws Exception {
    var agent = AgentJar.write(folder.resolve("mutant.jar"), MutantAgent.class, Planting.class);
    var words = new ArrayList<>(mutant.words());
    words.addAll(SHORT);

    var run = ProofRun.of(folder, agent + mutant, words);

    assertEquals(1, run.status(), run::toString);
    assertTrue(run.count(mutant.check()) > 0, run::toString);
  }
}

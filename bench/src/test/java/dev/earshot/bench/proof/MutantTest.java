package dev.earshot.bench.proof;

import static dev.earshot.bench.proof.Mutant.ANSWERS_BEFORE_IT_APPENDS;
import static dev.earshot.bench.proof.Mutant.COMMITS_BEFORE_THE_OUTCOME;
import static dev.earshot.bench.proof.Mutant.COUNTS_REPEATS;
import static dev.earshot.bench.proof.Mutant.DRAWS_DELIVERY_IDS;
import static dev.earshot.bench.proof.Mutant.FORGETS_TIMERS;
import static dev.earshot.bench.proof.Mutant.READS_WHAT_IS_NOT_COMMITTED;
import static dev.earshot.bench.proof.Mutant.REPORTS_BEFORE_IT_SENDS;
import static dev.earshot.bench.proof.Mutant.SHOWS_EVERY_WORKSPACE;
import static dev.earshot.bench.proof.Mutant.SWALLOWS_POISON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.fault.AgentJar;
import dev.earshot.bench.fault.Planting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

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

  /**
   * Mutants that share a server, since the check of none can fail for the fault of another.
   *
   * @param modes the load under which they show
   * @param kills how many it takes to show them
   */
  private record Litter(Set<Mutant> mutants, String modes, int kills) {

    String names() {
      return mutants.stream().map(Mutant::name).collect(Collectors.joining("+"));
    }

    List<String> words() {
      return List.of("--modes", modes, "--kills", Integer.toString(kills));
    }
  }

  private static final List<Litter> LITTERS =
      List.of(
          new Litter(
              EnumSet.of(
                  READS_WHAT_IS_NOT_COMMITTED,
                  SHOWS_EVERY_WORKSPACE,
                  COUNTS_REPEATS,
                  SWALLOWS_POISON,
                  REPORTS_BEFORE_IT_SENDS),
              "steady,resend,poison",
              1),
          new Litter(
              EnumSet.of(ANSWERS_BEFORE_IT_APPENDS, DRAWS_DELIVERY_IDS, COMMITS_BEFORE_THE_OUTCOME),
              "journeys",
              1),
          new Litter(EnumSet.of(FORGETS_TIMERS), "journeys", 1));

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("LITTERS")
  void mutantsAreFound(Litter litter) throws Exception {
    var agent = folder.resolve("mutant.jar");
    AgentJar.write(agent, MutantAgent.class, Planting.class);
    var words = new ArrayList<>(litter.words());
    words.addAll(SHORT);

    var run = ProofRun.of(folder, "-javaagent:" + agent + "=" + litter.names(), words);

    assertEquals(1, run.status(), run::toString);
    for (var mutant : litter.mutants()) {
      assertTrue(run.count(mutant.check()) > 0, () -> mutant + " was not found by " + run);
    }
  }

  @Test
  void everyMutantIsTried() {
    var tried = EnumSet.noneOf(Mutant.class);
    LITTERS.forEach(litter -> tried.addAll(litter.mutants()));

    assertEquals(EnumSet.allOf(Mutant.class), tried);
  }
}

package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProofTest {

  @TempDir Path folder;

  @Test
  void theProgramKeepsItsPromises() throws Exception {
    var run = ProofRun.of(folder, "", List.of("--quick", "--seed", "1"));

    assertEquals(0, run.status(), run::toString);
  }
}

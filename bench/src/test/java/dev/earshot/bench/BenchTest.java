package dev.earshot.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpTellsEveryBenchmarkAndItsOptions() throws InterruptedException {
    assertEquals(0, run("--help"));

    for (var word :
        List.of("all", "latency", "throughput", "prove", "--only", "--rates", "journeys")) {
      assertTrue(text(out).contains(word), word);
    }
  }

  @Test
  void helpOfOneCommandTeachesIt() throws InterruptedException {
    assertEquals(0, run("prove", "--help"));

    for (var word : List.of("./earshot prove --quick", "hot-user", "--seed", "docs/proof.md")) {
      assertTrue(text(out).contains(word), word);
    }
  }

  @Test
  void whatIsCalledWronglyIsExplained() throws InterruptedException {
    assertEquals(2, run("speed"));
    assertTrue(text(err).startsWith("There is no benchmark speed."));

    assertEquals(2, run("latency", "--data-dir", "/nowhere"));
    assertTrue(text(err).contains("No key in /nowhere/write-key"), text(err));
  }

  private int run(String... words) throws InterruptedException {
    return Bench.run(List.of(words), print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

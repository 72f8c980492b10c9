package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class EarshotTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpIsAnAnswer() {
    assertEquals(0, run("--help"));

    assertTrue(out.toString().contains("Usage: earshot"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void noCommandIsWrongUse() {
    assertEquals(2, run());

    assertTrue(err.toString().startsWith("Which command?"), err::toString);
  }

  @Test
  void everyCommandExplainsItself() {
    for (var name : Earshot.commandLine().getSubcommands().keySet()) {
      assertEquals(0, run(name, "--help"), name);
    }
  }

  private int run(String... arguments) {
    return Earshot.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

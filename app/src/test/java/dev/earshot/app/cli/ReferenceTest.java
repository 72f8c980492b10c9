package dev.earshot.app.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.demo.DemoCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReferenceTest {

  private static final Path REFERENCE = Path.of("../docs/reference/cli.md");

  @Test
  void theReferenceHasEveryCommandAndEveryOption() throws IOException {
    var reference = Files.readString(REFERENCE);
    var root = Typed.commandLine();
    root.addSubcommand(new DemoCommand());

    for (var command : root.getSubcommands().values()) {
      assertTrue(reference.contains("\n## " + command.getCommandName() + "\n"), command::toString);
      assertHasOptions(reference, command);
    }
  }

  private static void assertHasOptions(String reference, CommandLine command) {
    for (var option : command.getCommandSpec().options()) {
      var name = option.longestName();
      assertTrue(
          option.usageHelp() || option.versionHelp() || reference.contains(name),
          () -> command.getCommandName() + " has " + name + ", and the reference has not");
    }
    command.getSubcommands().values().forEach(inner -> assertHasOptions(reference, inner));
  }
}

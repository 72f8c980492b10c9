package dev.earshot.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What came of a command line that was typed in. */
record Typed(int exitCode, String out, String err) {

  @Command(name = "earshot")
  private static final class Root {}

  /** Types a command against the server. */
  static Typed at(FakeServer server, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", server.url(), "--key", "sk_test"));
    return of(all.toArray(String[]::new));
  }

  static Typed of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Typed(exitCode, out.toString(), err.toString());
  }

  static CommandLine commandLine() {
    var root = new CommandLine(new Root());
    ClientCommands.all().forEach(root::addSubcommand);
    explainItself(root);
    root.setExecutionExceptionHandler((failure, command, _) -> {
      if (failure instanceof CommandFailure) {
        command.getErr().println("earshot: " + failure.getMessage());
        return 1;
      }
      throw failure;
    });
    return root;
  }

  private static void explainItself(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getSubcommands().values().forEach(Typed::explainItself);
  }
}

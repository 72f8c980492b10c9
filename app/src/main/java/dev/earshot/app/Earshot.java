package dev.earshot.app;

import dev.earshot.app.cli.ClientCommands;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.demo.DemoCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program, as one command with subcommands. Exit codes: 0 done, 1 could not be done, 2 used
 * wrongly.
 */
@Command(
    name = "earshot",
    description = "Hears every event a product emits, and acts on it at the moment it matters.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:could not be done; one sentence says why", "2:used wrongly"},
    commandListHeading = "%nCommands (each explains itself with --help):%n",
    sortOptions = false)
public final class Earshot implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** All commands, ready to be given arguments. */
  static CommandLine commandLine() {
    var root = new CommandLine(new Earshot());
    ClientCommands.all().forEach(root::addSubcommand);
    root.addSubcommand(new DemoCommand());
    root.getCommandSpec().mixinStandardHelpOptions(true);
    root.getSubcommands().values().forEach(Earshot::explainItself);
    root.setExecutionExceptionHandler((failure, command, _) -> report(failure, command.getErr()));
    return root;
  }

  /** Without a command there is nothing to do but to say which commands there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static void explainItself(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getSubcommands().values().forEach(Earshot::explainItself);
  }

  private static int report(Exception failure, PrintWriter err) throws Exception {
    if (failure instanceof CommandFailure) {
      err.println("earshot: " + failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}

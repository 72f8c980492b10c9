package dev.earshot.app;

import dev.earshot.app.cache.CacheableCommand;
import dev.earshot.app.cli.ClientCommands;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.configuration.ConfigurationFailure;
import dev.earshot.app.demo.DemoCommand;
import dev.earshot.app.doctor.DoctorCommand;
import dev.earshot.stream.cluster.StreamException;
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
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** A server does not wait for the words of all the other commands to be read, nor for its own. */
  private static CommandLine commandLine(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals("up")
        ? commandLine(new CommandLine(new Earshot()).addSubcommand(UpCommand.warmedUpMeanwhile()))
        : commandLine();
  }

  /** All commands, ready to be given arguments. */
  static CommandLine commandLine() {
    var root = new CommandLine(new Earshot());
    root.addSubcommand(new UpCommand());
    ClientCommands.all().forEach(root::addSubcommand);
    root.addSubcommand(new DoctorCommand());
    root.addSubcommand(new RehearseCommand());
    root.addSubcommand(new CacheableCommand());
    root.addSubcommand(new DemoCommand());
    return commandLine(root);
  }

  private static CommandLine commandLine(CommandLine root) {
    explainItself(root);
    root.setExecutionExceptionHandler((failure, command, _) -> report(failure, command.getErr()));
    return root;
  }

  /** Without a command there is nothing to do but to say which commands there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static void explainItself(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
    command.getSubcommands().values().forEach(Earshot::explainItself);
  }

  /** What its user can mend is told in a sentence each; all else is a bug and shows its trace. */
  private static int report(Exception failure, PrintWriter err) throws Exception {
    switch (failure) {
      case CommandFailure told -> err.println("earshot: " + told.getMessage());
      case ConfigurationFailure told ->
          told.problems().forEach(problem -> err.println("earshot: " + problem));
      case StreamException told when told.code().fault() == StreamException.Fault.OPERATOR ->
          err.println("earshot: " + told.getMessage());
      default -> throw failure;
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}

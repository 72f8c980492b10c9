package dev.earshot.bench;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.command.Command;
import dev.earshot.bench.measure.LatencyCommand;
import dev.earshot.bench.measure.MicroCommand;
import dev.earshot.bench.measure.ReportCommand;
import dev.earshot.bench.measure.ThroughputCommand;
import dev.earshot.bench.proof.ProveCommand;
import dev.earshot.bench.report.Machine;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The entry of the benchmarks: picks one by its name, and runs it. */
public final class Bench {

  private static final List<Command> COMMANDS =
      List.of(
          new ReportCommand(),
          new LatencyCommand(),
          new ThroughputCommand(),
          new MicroCommand(),
          new ProveCommand());

  private Bench() {}

  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words), System.out, System.err));
  }

  /** Returns 0 when all is well, 1 when a promise was broken, 2 when it was called wrongly. */
  public static int run(List<String> words, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (words.isEmpty() || isOption(words.getFirst())) {
      return run(Stream.concat(Stream.of(ReportCommand.NAME), words.stream()).toList(), out, err);
    }
    if (words.getFirst().equals("help") || words.getFirst().equals("--help")) {
      out.print(help());
      return 0;
    }
    var command = find(words.getFirst());
    if (command.isEmpty()) {
      err.println("There is no benchmark " + words.getFirst() + ".\n");
      err.print(help());
      return 2;
    }
    if (words.contains("--help")) {
      out.print(help(command.get()));
      return 0;
    }
    return run(command.get(), words.subList(1, words.size()), out, err);
  }

  private static boolean isOption(String word) {
    return word.startsWith("--") && !word.equals("--help");
  }

  private static int run(Command command, List<String> words, PrintStream out, PrintStream err)
      throws InterruptedException {
    try {
      var arguments = Arguments.read(words, command.options());
      err.println(Machine.describe());
      return command.run(arguments, out, err) ? 0 : 1;
    } catch (BenchFailure e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private static Optional<Command> find(String name) {
    return COMMANDS.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  private static String help() {
    var help = new StringBuilder("Usage: ./earshot bench [COMMAND] [--option value ...]\n");
    COMMANDS.forEach(command -> help.append('\n').append(help(command)));
    return help.toString();
  }

  private static String help(Command command) {
    var help = new StringBuilder("  %s%n      %s%n".formatted(command.name(), command.summary()));
    if (!command.explanation().isEmpty()) {
      help.append('\n').append(command.explanation().indent(6)).append('\n');
    }
    for (var option : command.options()) {
      var standard =
          option.isFlag() || option.standard().isEmpty() ? "" : " (" + option.standard() + ")";
      help.append("      --%-18s%s%s%n".formatted(option.name(), option.meaning(), standard));
    }
    return help.toString();
  }
}

package dev.earshot.app.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares files with what the server has. */
@Command(
    name = "diff",
    description = {
      "Shows how files of definitions differ from what the server has, and changes nothing.",
      "With --exit-code it ends with 1 when they differ, so that a build can notice drift."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot diff -f examples/growth",
      "  ./earshot diff -f journeys/ --prune --exit-code"
    })
final class DiffCommand extends ClientCommand {

  @Option(
      names = {"-f", "--file"},
      paramLabel = "DIR|FILE",
      required = true,
      description = "A file, or a folder with .yaml files in it. May be given several times.")
  private List<Path> paths = List.of();

  @Option(names = "--prune", description = "Count as different what none of the files defines.")
  private boolean prune;

  @Option(names = "--exit-code", description = "End with 1 when there is a difference.")
  private boolean exitCode;

  @Override
  protected int run(Api api, Screen screen) {
    var answer = Changes.ask(api, DefinitionFiles.read(paths), prune, true);
    if (json()) {
      screen.json(answer.value());
    } else if (answer.isSuccess()) {
      Changes.print(answer.fields(), true, screen);
    } else {
      Changes.printErrors(answer, screen);
    }
    boolean differs = exitCode && Changes.differing(answer.fields()) > 0;
    return answer.isSuccess() && !differs ? DONE : PROBLEM;
  }
}

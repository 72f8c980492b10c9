package dev.earshot.app.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes definitions from files. */
@Command(
    name = "apply",
    description = {
      "Publishes journeys, templates and destinations from files, and prints what changed.",
      "All files are published together or, when one has an error, none. A definition that did not"
          + " change keeps its version, so the same command may run after every commit."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot apply -f examples/growth             all .yaml files of a folder",
      "  ./earshot apply -f journeys/ -f mail.yaml      several at once",
      "  ./earshot apply -f journeys/ --dry-run         only say what would change",
      "  ./earshot apply -f journeys/ --prune           and retire what no file defines any more"
    })
final class ApplyCommand extends ClientCommand {

  @Option(
      names = {"-f", "--file"},
      paramLabel = "DIR|FILE",
      required = true,
      description = "A file, or a folder with .yaml files in it. May be given several times.")
  private List<Path> paths = List.of();

  @Option(names = "--dry-run", description = "Only say what would change.")
  private boolean dryRun;

  @Option(
      names = "--prune",
      description = "Retire the definitions that none of the files defines. Keys are not touched.")
  private boolean prune;

  @Override
  protected int run(Api api, Screen screen) {
    var answer = Changes.ask(api, DefinitionFiles.read(paths), prune, dryRun);
    if (json()) {
      screen.json(answer.value());
      return answer.isSuccess() ? DONE : PROBLEM;
    }
    if (!answer.isSuccess()) {
      Changes.printErrors(answer, screen);
      return PROBLEM;
    }
    Changes.print(answer.fields(), dryRun, screen);
    return DONE;
  }
}

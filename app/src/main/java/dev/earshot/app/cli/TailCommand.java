package dev.earshot.app.cli;

import dev.earshot.event.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows one topic of the log. */
@Command(
    name = "tail",
    description = {
      "Prints the records of a topic of the log as they come, until you press Ctrl-C.",
      "Topics: events (as received), facts (what happened, once each), decisions (every verdict of"
          + " a journey), attempts and outcomes (of messages), quarantine (what was not"
          + " understood)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot tail events                               everything that comes in from now on",
      "  ./earshot tail decisions --user ada                 what is decided about one person",
      "  ./earshot tail facts --name \"Signed Up\" --from-beginning --no-follow",
      "  ./earshot tail events --json | jq .value.name       for programs"
    })
final class TailCommand extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = "TOPIC",
      description = "events, facts, decisions, attempts, outcomes, definitions or quarantine.")
  private String topic = "";

  @Option(names = "--from-beginning", description = "Begin with the oldest record there is.")
  private boolean fromBeginning;

  @Option(names = "--no-follow", description = "End where the log ends now.")
  private boolean noFollow;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "ID",
      description = "Only what concerns this user or visitor.")
  private @Nullable String user;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Only events or facts of this name.")
  private @Nullable String name;

  @Override
  protected int run(Api api, Screen screen) {
    var path =
        Query.of("/api/tail", topic)
            .with("follow", !noFollow)
            .with("fromBeginning", fromBeginning)
            .with("user", user)
            .with("name", name)
            .path();
    api.lines(path, line -> show(line, screen));
    if (!noFollow && !screen.isClosed()) {
      throw new CommandFailure("The server ended the stream.");
    }
    return DONE;
  }

  private boolean show(String line, Screen screen) {
    if (!line.isBlank()) {
      screen.line(json() ? line : new Entry(Shown.fields(Json.own(line))).line(screen.ink()));
    }
    return !screen.isClosed();
  }
}

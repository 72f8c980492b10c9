package dev.earshot.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains what journeys decided about one person. */
@Command(
    name = "why",
    description = {
      "Says why a person did or did not get a message: every decision about them, newest first,"
          + " with each gate it went through and the values it saw.",
      "✓ is a gate that let it through, ✗ the one that stopped it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot why ada                  the latest decisions about ada",
      "  ./earshot why ada case-study       those of one journey",
      "  ./earshot why ada --json | jq .gates"
    })
final class WhyCommand extends ClientCommand {

  @Parameters(index = "0", paramLabel = "PERSON", description = "The user's or visitor's id.")
  private String person = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JOURNEY",
      description = "Only decisions of this journey.")
  private @Nullable String journey;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "At most this many decisions. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  protected int run(Api api, Screen screen) {
    var path =
        Query.of("/api/people", person, "decisions")
            .with("journey", journey)
            .with("limit", limit)
            .path();
    var decisions = Shown.items(Shown.fields(api.get(path)).get("decisions"));
    if (json()) {
      decisions.forEach(screen::json);
    } else if (decisions.isEmpty()) {
      screen.line(nothing());
    } else {
      decisions.forEach(decision -> {
        Verdicts.explain(decision, screen);
        screen.blank();
      });
    }
    return DONE;
  }

  private String nothing() {
    var of = journey == null ? "No journey" : "The journey " + journey;
    return of
        + (journey == null ? " has decided anything about " : " has decided nothing about ")
        + person
        + " yet: no trigger matched an event of theirs. ./earshot person "
        + person
        + " shows what they did.";
  }
}

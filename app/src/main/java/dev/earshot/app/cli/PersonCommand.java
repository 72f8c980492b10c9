package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one person. */
@Command(
    name = "person",
    description = {
      "Shows what is known of one person: traits, accounts, counts, journeys, and what happened"
          + " lately.",
      "The id is a user's id, or a visitor's anonymous id."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot person ada",
      "  ./earshot person ada --timeline 100",
      "  ./earshot person ada --json | jq .profile"
    })
final class PersonCommand extends ClientCommand {

  @Parameters(index = "0", paramLabel = "ID", description = "The user's or visitor's id.")
  private String id = "";

  @Option(
      names = "--timeline",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of the latest happenings to show. Default: ${DEFAULT-VALUE}.")
  private int timeline;

  @Override
  protected int run(Api api, Screen screen) {
    var person = Shown.fields(api.get(Query.of("/api/people", id).path()));
    var happened =
        Shown.fields(
            api.get(Query.of("/api/people", id, "timeline").with("limit", timeline).path()));
    if (json()) {
      Map<String, Value> both = new LinkedHashMap<>(person.fields());
      both.put("timeline", happened.get("entries"));
      screen.json(new Fields(both));
      return DONE;
    }
    new PersonPage(id, screen).print(person, Shown.items(happened.get("entries")));
    return DONE;
  }
}

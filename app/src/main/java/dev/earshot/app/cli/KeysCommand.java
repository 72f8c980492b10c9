package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, makes and revokes keys. */
@Command(
    name = "keys",
    subcommands = {
      KeysCommand.ListCommand.class,
      KeysCommand.CreateCommand.class,
      KeysCommand.RevokeCommand.class
    },
    description = {
      "Lists, makes and revokes keys. Without a subcommand it lists them.",
      "A write key (wk_…) may only send events and can stand in a web page; a server key (sk_…)"
          + " sends them from servers, and is believed when it says that two users are one; an admin"
          + " key (sk_…) may do everything. Keep the latter two secret."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot keys",
      "  ./earshot keys create --role write --origin https://app.example.com",
      "  ./earshot keys revoke 4fJq2LxA"
    })
final class KeysCommand extends ClientCommand {

  private static final String PATH = "/api/keys";
  private static final Set<String> ROLES = Set.of("write", "server", "admin");

  @Override
  protected int run(Api api, Screen screen) {
    return list(api, screen, json());
  }

  private static int list(Api api, Screen screen, boolean json) {
    var keys = Shown.items(Shown.fields(api.get(PATH)).get("keys"));
    if (json) {
      keys.forEach(screen::json);
      return DONE;
    }
    var table = new Table("ID", "ROLE", "ENDS WITH", "CREATED", "BY", "ORIGINS");
    for (var key : keys) {
      table.row(
          key.get("id").shown(),
          key.get("role").shown(),
          "…" + key.get("last4").shown(),
          Shown.dateAndTime(key.get("createdAt")),
          key.get("createdBy").shown(),
          origins(key));
    }
    table.print(screen);
    return DONE;
  }

  private static String origins(Fields key) {
    if (key.get("origins") instanceof Items(var origins) && !origins.isEmpty()) {
      return String.join(" ", origins.stream().map(Value::shown).toList());
    }
    return "any";
  }

  /** Lists the keys. */
  @Command(name = "list", description = "Lists the keys; never the secrets themselves.")
  static final class ListCommand extends ClientCommand {
    @Override
    protected int run(Api api, Screen screen) {
      return list(api, screen, json());
    }
  }

  /** Makes a key. */
  @Command(
      name = "create",
      description = {
        "Makes a key and prints it. This is the only time it is shown: only its hash is kept."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./earshot keys create",
        "  ./earshot keys create --role admin",
        "  ./earshot keys create --origin https://app.example.com"
      })
  static final class CreateCommand extends ClientCommand {

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        defaultValue = "write",
        description = "write, server or admin. Default: ${DEFAULT-VALUE}.")
    private String role = "write";

    @Option(
        names = "--origin",
        paramLabel = "URL",
        description =
            "A web page's origin that may use the key; may be given several times. Default: any.")
    private List<String> origins = List.of();

    @Override
    protected int run(Api api, Screen screen) {
      if (!ROLES.contains(role)) {
        throw misuse("--role takes write, server or admin, not " + role + ".");
      }
      Map<String, Value> request = new LinkedHashMap<>();
      request.put("role", Value.of(role));
      request.put("origins", new Items(origins.stream().map(Value::of).toList()));
      var made = Shown.fields(api.post(PATH, new Fields(request)));
      if (json()) {
        screen.json(made);
      } else {
        screen.line(made.get("key").shown());
        screen.remark("Keep it now: it is not shown again.");
      }
      return DONE;
    }
  }

  /** Revokes a key. */
  @Command(
      name = "revoke",
      description = "Revokes a key: from now on nothing is accepted with it.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot keys revoke 4fJq2LxA")
  static final class RevokeCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The id that the list shows.")
    private String id = "";

    @Override
    protected int run(Api api, Screen screen) {
      api.delete(Query.of(PATH, id).path());
      if (json()) {
        screen.json(new Fields(Map.of("id", Value.of(id))));
      } else {
        screen.line("Revoked " + id + ".");
      }
      return DONE;
    }
  }
}

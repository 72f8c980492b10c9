package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks after deliveries that were given up. */
@Command(
    name = "dead",
    subcommands = {
      DeadCommand.ListCommand.class,
      DeadCommand.ShowCommand.class,
      DeadCommand.RedriveCommand.class,
      DeadCommand.DiscardCommand.class
    },
    description = {
      "Looks after dead deliveries: messages that could not be delivered and are kept until"
          + " somebody decides. Without a subcommand it lists them.",
      "A redrive tries again under the same id, so that a receiver that has the message already can"
          + " tell."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot dead                                     what is dead, newest first",
      "  ./earshot dead show ID                             one of them, with every attempt",
      "  ./earshot dead redrive ID                          try one again",
      "  ./earshot dead redrive --destination crm --dry-run how many would that be?",
      "  ./earshot dead discard --journey old-campaign      give up for good"
    })
final class DeadCommand extends ClientCommand {

  @Override
  protected int run(Api api, Screen screen) {
    return new ListCommand().list(api, screen, json());
  }

  /** Which of the dead deliveries. */
  static final class Filter {

    @Option(names = "--journey", paramLabel = "ID", description = "Only of this journey.")
    private @Nullable String journey;

    @Option(names = "--destination", paramLabel = "ID", description = "Only to this destination.")
    private @Nullable String destination;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Only those whose last failure contains this.")
    private @Nullable String reason;

    boolean isEmpty() {
      return journey == null && destination == null && reason == null;
    }

    Query on(Query query) {
      return query.with("journey", journey).with("destination", destination).with("reason", reason);
    }

    Map<String, Value> json() {
      Map<String, Value> json = new LinkedHashMap<>();
      put(json, "journey", journey);
      put(json, "destination", destination);
      put(json, "reason", reason);
      return json;
    }

    private static void put(Map<String, Value> json, String name, @Nullable String text) {
      if (text != null) {
        json.put(name, Value.of(text));
      }
    }
  }

  /** Lists dead deliveries. */
  @Command(
      name = "list",
      description = "Lists dead deliveries, newest first.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot dead list --destination crm --reason 503 --limit 100")
  static final class ListCommand extends ClientCommand {

    @Mixin private Filter filter = new Filter();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most this many. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Override
    protected int run(Api api, Screen screen) {
      return list(api, screen, json());
    }

    private int list(Api api, Screen screen, boolean json) {
      var query = filter.on(Query.of("/api/deliveries").with("state", "dead"));
      var deliveries =
          Shown.items(Shown.fields(api.get(query.with("limit", limit).path())).get("deliveries"));
      if (json) {
        deliveries.forEach(screen::json);
      } else if (deliveries.isEmpty()) {
        screen.line("Nothing is dead.");
      } else {
        var table = new Table("DIED", "JOURNEY", "TO", "ATTEMPTS", "REASON", "ID");
        deliveries.forEach(delivery -> row(delivery, table));
        table.print(screen);
      }
      return DONE;
    }

    private static void row(Fields delivery, Table table) {
      table.row(
          Shown.dateAndTime(delivery.get("at")),
          delivery.get("journey").shown(),
          delivery.get("destination").shown(),
          delivery.get("attempts").shown(),
          delivery.get("reason").shown(),
          delivery.get("id").shown());
    }
  }

  /** Shows one delivery. */
  @Command(
      name = "show",
      description = "Shows one delivery with every attempt, dead or not.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot dead show ID")
  static final class ShowCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The id that the list shows.")
    private String id = "";

    @Override
    protected int run(Api api, Screen screen) {
      var delivery = Shown.fields(api.get(Query.of("/api/deliveries", id).path()));
      if (json()) {
        screen.json(delivery);
      } else {
        new DeliveryPage(screen).print(delivery);
      }
      return DONE;
    }
  }

  /** Tries dead deliveries again. */
  @Command(
      name = "redrive",
      description = {
        "Tries one dead delivery again, or all that a filter finds. The id stays the same.",
        "More than one needs your consent, or --yes."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./earshot dead redrive ID",
        "  ./earshot dead redrive --destination crm --dry-run",
        "  ./earshot dead redrive --destination crm --per-second 20 --yes"
      })
  static final class RedriveCommand extends ClientCommand {

    @Mixin private Orders orders = new Orders();

    @Option(
        names = "--per-second",
        paramLabel = "N",
        defaultValue = "50",
        description = "Not faster than this, to spare the destination. Default: ${DEFAULT-VALUE}.")
    private int perSecond;

    @Override
    protected int run(Api api, Screen screen) {
      var flaw = orders.flaw();
      if (flaw != null) {
        throw misuse(flaw);
      }
      return orders.give(
          Orders.Order.REDRIVE, Map.of("perSecond", Value.of(perSecond)), api, screen, json());
    }
  }

  /** Gives dead deliveries up for good. */
  @Command(
      name = "discard",
      description = {
        "Gives up one dead delivery for good, or all that a filter finds. They stay in the log, and"
            + " are never tried again.",
        "It needs your consent, or --yes."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./earshot dead discard ID",
        "  ./earshot dead discard --journey old-campaign --dry-run"
      })
  static final class DiscardCommand extends ClientCommand {

    @Mixin private Orders orders = new Orders();

    @Override
    protected int run(Api api, Screen screen) {
      var flaw = orders.flaw();
      if (flaw != null) {
        throw misuse(flaw);
      }
      return orders.give(Orders.Order.DISCARD, Map.of(), api, screen, json());
    }
  }
}

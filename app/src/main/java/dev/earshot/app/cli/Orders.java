package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead deliveries an order is about, and whether its giver is sure. */
final class Orders {

  private static final String PATH = "/api/deliveries";

  /** What can be ordered: as a command, as a question, as a report of one and of many. */
  enum Order {
    REDRIVE("redrive", "Redrive", "Redriven", "Redriving"),
    DISCARD("discard", "Discard", "Discarded", "Discarding");

    private final String word;
    private final String asked;
    private final String done;
    private final String underWay;

    Order(String word, String asked, String done, String underWay) {
      this.word = word;
      this.asked = asked;
      this.done = done;
      this.underWay = underWay;
    }
  }

  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "One delivery.")
  private @Nullable String id;

  @Mixin private DeadCommand.Filter filter = new DeadCommand.Filter();

  @Option(names = "--all", description = "Every dead delivery.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only count them.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Nullable String flaw() {
    boolean filtered = all || !filter.isEmpty();
    if (id == null && !filtered) {
      return "Which? Give an ID, a filter such as --destination crm, or --all.";
    }
    if (id != null && (filtered || dryRun)) {
      return "An ID stands alone: a filter and --dry-run are for many.";
    }
    return null;
  }

  int give(Order order, Map<String, Value> more, Api api, Screen screen, boolean json) {
    return id == null
        ? toMany(order, more, api, screen, json)
        : toOne(id, order, api, screen, json);
  }

  private int toOne(String one, Order order, Api api, Screen screen, boolean json) {
    if (order == Order.DISCARD && !isSure("Discard " + one + " for good?", screen)) {
      return ClientCommand.PROBLEM;
    }
    var answer = api.post(Query.of(PATH, one, order.word).path(), Fields.EMPTY);
    if (json) {
      screen.json(answer);
    } else {
      screen.line(order.done + " " + one + ".");
    }
    return ClientCommand.DONE;
  }

  private int toMany(Order order, Map<String, Value> more, Api api, Screen screen, boolean json) {
    long count = count(api.post(PATH + "/" + order.word, request(more, true)));
    var counted = Shown.count(count, "dead delivery", "dead deliveries");
    if (dryRun || count == 0) {
      show(new Fields(Map.of("count", Value.of(count))), counted + " found.", screen, json);
      return ClientCommand.DONE;
    }
    if (!isSure(order.asked + " " + counted + "?", screen)) {
      return ClientCommand.PROBLEM;
    }
    var answer = api.post(PATH + "/" + order.word, request(more, false));
    show(answer, order.underWay + " " + counted + ".", screen, json);
    return ClientCommand.DONE;
  }

  private Fields request(Map<String, Value> more, boolean dry) {
    Map<String, Value> request = new LinkedHashMap<>(filter.json());
    request.putAll(more);
    request.put("dryRun", Value.of(dry));
    return new Fields(request);
  }

  private static long count(Value answer) {
    return Shown.number(Shown.fields(answer).get("count"));
  }

  private static void show(Value answer, String sentence, Screen screen, boolean json) {
    if (json) {
      screen.json(answer);
    } else {
      screen.line(sentence);
    }
  }

  private boolean isSure(String question, Screen screen) {
    if (yes) {
      return true;
    }
    var terminal =
        Ink.terminal()
            .orElseThrow(
                () -> new CommandFailure(question + " Nobody is there to answer: say --yes."));
    var answer = Objects.requireNonNullElse(terminal.readLine("%s [y/N] ", question), "");
    boolean sure = answer.strip().equalsIgnoreCase("y");
    if (!sure) {
      screen.remark("Nothing was done.");
    }
    return sure;
  }
}

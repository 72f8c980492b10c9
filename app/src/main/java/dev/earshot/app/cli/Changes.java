package dev.earshot.app.cli;

import dev.earshot.event.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/** What applying files of definitions changes, or would change, and what stands in the way. */
final class Changes {

  private Changes() {}

  /** Applies the files, or only asks what that would do, and returns the server's answer. */
  static Answer ask(Api api, DefinitionFiles files, boolean prune, boolean dryRun) {
    return api.ask("/api/definitions/apply?dryRun=" + dryRun, files.request(prune));
  }

  /** How many definitions differ. */
  static long differing(Fields answer) {
    return Shown.items(answer.get("changes")).stream().filter(Changes::differs).count();
  }

  static void print(Fields answer, boolean dryRun, Screen screen) {
    for (var change : Shown.items(answer.get("changes"))) {
      if (differs(change)) {
        printChange(change, screen);
      }
    }
    for (var warning : Shown.items(answer.get("warnings"))) {
      screen.line(screen.ink().yellow("warning: ") + place(warning) + message(warning));
    }
    screen.line(summary(Shown.items(answer.get("changes")), dryRun));
  }

  /** Prints each error with its place, or the refusal itself when it has none. */
  static void printErrors(Answer refusal, Screen screen) {
    var errors = Shown.items(refusal.fields().get("errors"));
    for (var error : errors) {
      screen.problem(place(error) + message(error));
    }
    if (errors.isEmpty()) {
      throw new CommandFailure(refusal.refusal());
    }
    screen.remark(Shown.count(errors.size(), "error") + "; nothing was applied.");
  }

  private static boolean differs(Fields change) {
    return !change.get("action").shown().equals("unchanged");
  }

  private static void printChange(Fields change, Screen screen) {
    var ink = screen.ink();
    var action = change.get("action").shown();
    var sign =
        switch (action) {
          case "create" -> ink.green("+ create");
          case "retire" -> ink.red("- retire");
          default -> ink.yellow("~ " + action);
        };
    screen.line(sign + " " + ink.bold(name(change)) + ink.faint(versions(change)));
    var diff = change.get("diff").shown().stripTrailing();
    if (!diff.isEmpty()) {
      diff.lines().forEach(line -> screen.line("    " + coloured(line, ink)));
    }
    var secret = change.get("secret").shown();
    if (!secret.isEmpty()) {
      screen.line("    its secret, shown only now: " + ink.bold(secret));
    }
  }

  private static String name(Fields change) {
    return change.get("kind").shown() + " " + change.get("id").shown();
  }

  private static String versions(Fields change) {
    long from = Shown.number(change.get("from"));
    long to = Shown.number(change.get("to"));
    if (to == 0) {
      return from == 0 ? "" : "  version " + from;
    }
    return from == 0 ? "  version " + to : "  version " + from + " → " + to;
  }

  private static String coloured(String line, Ink ink) {
    if (line.startsWith("+")) {
      return ink.green(line);
    }
    if (line.startsWith("-")) {
      return ink.red(line);
    }
    return line.startsWith("@@") ? ink.cyan(line) : line;
  }

  private static String place(Fields problem) {
    var place = new StringBuilder(problem.get("file").shown());
    for (var name : List.of("line", "column")) {
      long number = Shown.number(problem.get(name));
      if (number > 0) {
        place.append(':').append(number);
      }
    }
    return place.isEmpty() ? "" : place.append(": ").toString();
  }

  private static String message(Fields problem) {
    var message = new StringBuilder();
    var path = problem.get("path").shown();
    var expected = problem.get("expected").shown();
    var found = problem.get("found").shown();
    var detail = problem.get("detail").shown() + problem.get("message").shown();
    if (!path.isEmpty()) {
      message.append(path).append(": ");
    }
    if (!expected.isEmpty()) {
      message.append("expected ").append(expected);
      if (!found.isEmpty()) {
        message.append(", found ").append(found);
      }
      return message.toString();
    }
    return message.append(detail).toString();
  }

  private static String summary(List<Fields> changes, boolean dryRun) {
    List<String> parts = new ArrayList<>();
    for (var action : List.of("create", "update", "retire", "unchanged")) {
      long count =
          changes.stream().filter(change -> change.get("action").shown().equals(action)).count();
      if (count > 0) {
        parts.add(count + " " + words(action, dryRun));
      }
    }
    var counted = parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
    return dryRun ? "Dry run, nothing was applied: " + counted + "." : "Applied: " + counted + ".";
  }

  private static String words(String action, boolean dryRun) {
    if (action.equals("unchanged")) {
      return action;
    }
    return dryRun ? "to " + action : action + "d";
  }
}

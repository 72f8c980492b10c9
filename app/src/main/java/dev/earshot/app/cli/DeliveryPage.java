package dev.earshot.app.cli;

import dev.earshot.event.Value.Fields;
import java.util.List;

/** One delivery with its attempts, as text. */
record DeliveryPage(Screen screen) {

  private static final List<String> MEMBERS =
      List.of(
          "state",
          "reason",
          "subject",
          "journey",
          "journeyVersion",
          "step",
          "channel",
          "destination",
          "template",
          "decidedAt",
          "expiresAt",
          "startedAt",
          "nextAttemptAt",
          "diedAt",
          "redriven");

  void print(Fields delivery) {
    screen.line(screen.ink().bold(delivery.get("id").shown()));
    for (var name : MEMBERS) {
      var value = Shown.dateAndTime(delivery.get(name));
      if (!value.isEmpty()) {
        screen.line("  " + name + " ".repeat(16 - name.length()) + value);
      }
    }
    screen.blank();
    screen.line(screen.ink().cyan("Attempts"));
    for (var attempt : Shown.items(delivery.get("attempts"))) {
      screen.line(
          "  "
              + attempt.get("number").shown()
              + "  "
              + screen.ink().faint(Shown.dateAndTime(attempt.get("at")))
              + "  "
              + outcome(attempt));
    }
  }

  private String outcome(Fields attempt) {
    var outcome = attempt.get("outcome").shown();
    var detail = attempt.get("detail").shown() + attempt.get("reason").shown();
    var word = outcome.equals("accepted") ? screen.ink().green(outcome) : screen.ink().red(outcome);
    return detail.isEmpty() ? word : word + ": " + detail;
  }
}

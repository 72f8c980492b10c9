package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;

/** One record of the log as the API tells it, and its one line for people. */
record Entry(Fields envelope) {

  /** When the log took it. */
  Value at() {
    return envelope.get("at");
  }

  /** The record itself. */
  Fields record() {
    return Shown.fields(envelope.get("value"));
  }

  /** {@code 12:03:04.120 ada Pricing Viewed plan=pro} */
  String line(Ink ink) {
    var time = ink.faint(Shown.time(at()));
    return time + "  " + ink.cyan(Shown.person(envelope.get("key"))) + "  " + told(ink);
  }

  /** What it is and what belongs to it. */
  String told(Ink ink) {
    var record = record();
    return switch (envelope.get("kind").shown()) {
      case "event" -> event(record, ink);
      case "heard" -> event(Shown.fields(record.get("event")), ink);
      case "made" -> name(record, ink) + Shown.pairs(Shown.fields(record.get("properties")));
      case "decision" -> decision(record, ink);
      case "attempt" -> "attempt " + record.get("number").shown() + "  " + delivery(record);
      case "outcome", "reported" -> "outcome  " + Shown.pairs(record);
      default -> envelope.get("kind").shown() + "  " + Shown.pairs(record);
    };
  }

  private static String event(Fields event, Ink ink) {
    return name(event, ink) + Shown.pairs(Shown.fields(event.get("properties")));
  }

  private static String name(Fields record, Ink ink) {
    return ink.bold(record.get("name").shown()) + "  ";
  }

  private static String decision(Fields decision, Ink ink) {
    var verdict = decision.get("verdict").shown();
    var journey = ink.bold(decision.get("journey").shown());
    return journey + "  " + Verdicts.coloured(verdict, ink) + Verdicts.because(decision);
  }

  private static String delivery(Fields record) {
    var delivery = Shown.fields(record.get("delivery"));
    return delivery.get("journey").shown()
        + " by "
        + delivery.get("channel").shown()
        + "  "
        + delivery.get("id").shown();
  }
}

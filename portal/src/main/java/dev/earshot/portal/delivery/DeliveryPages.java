package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.engine.delivery.PastAttempt;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.log.Entries;
import dev.earshot.stream.LogReader.Entry;
import java.util.List;

/** Deliveries as the API shows them. */
final class DeliveryPages {

  private static final List<String> MEMBERS =
      List.of(
          "subject",
          "channel",
          "destination",
          "template",
          "templateVersion",
          "journey",
          "journeyVersion",
          "run",
          "step",
          "decidedAt",
          "expiresAt");

  private DeliveryPages() {}

  /** One line of a list. */
  static void summary(JsonWriter json, Open open) {
    var delivery = open.progress().delivery();
    json.open()
        .member("id", delivery.id())
        .member("state", DeliveryFilter.state(open))
        .member("at", DeliveryFilter.at(open))
        .member("reason", DeliveryFilter.reason(open))
        .member("attempts", open.progress().number())
        .member("subject", delivery.subject().key())
        .member("journey", delivery.journey())
        .member("channel", delivery.channel())
        .member("destination", delivery.destination())
        .close();
  }

  /** Everything about a delivery that has not ended. */
  static void whole(JsonWriter json, Open open) {
    json.member("id", open.progress().delivery().id())
        .member("state", DeliveryFilter.state(open))
        .member("reason", DeliveryFilter.reason(open));
    switch (open) {
      case InFlight(_, var startedAt) -> json.member("startedAt", startedAt);
      case Waiting(_, _, var nextAttemptAt) -> json.member("nextAttemptAt", nextAttemptAt);
      case Dead(_, _, var diedAt) -> json.member("diedAt", diedAt);
    }
    members(json, open.progress().delivery());
    json.member("redriven", open.progress().round()).name("attempts").openItems();
    open.progress().past().forEach(attempt -> attempt(json, attempt));
    json.closeItems();
  }

  private static void members(JsonWriter json, Delivery delivery) {
    json.member("subject", delivery.subject().key())
        .member("channel", delivery.channel())
        .member("destination", delivery.destination())
        .member("template", delivery.template())
        .member("templateVersion", delivery.templateVersion())
        .member("journey", delivery.journey())
        .member("journeyVersion", delivery.journeyVersion())
        .member("run", delivery.run())
        .member("step", delivery.step())
        .member("decidedAt", delivery.decidedAt())
        .member("expiresAt", delivery.expiresAt());
  }

  private static void attempt(JsonWriter json, PastAttempt attempt) {
    json.open()
        .member("number", attempt.number())
        .member("at", attempt.startedAt())
        .member("endedAt", attempt.endedAt())
        .name("counted")
        .truth(attempt.counted())
        .member("outcome", attempt.outcome())
        .close();
  }

  /**
   * What the log still says of a delivery that has ended.
   *
   * @param attempt the latest attempt, as it was handed to the channel
   * @param outcomes newest first, orders of operators among them
   */
  static void ended(JsonWriter json, String id, Fields attempt, List<Entry> outcomes) {
    json.member("id", id).member("state", endedState(outcomes));
    if (attempt.get("delivery") instanceof Fields delivery) {
      MEMBERS.forEach(name -> json.name(name).value(delivery.get(name)));
    }
    json.name("attempts").openItems();
    for (var entry : outcomes.reversed()) {
      var outcome = Entries.value(entry);
      json.open()
          .name("number")
          .value(outcome.get("attempt"))
          .member("at", entry.at())
          .member("outcome", word(entry))
          .member("detail", outcome.get("detail").shown())
          .member("reason", outcome.get("reason").shown())
          .close();
    }
    json.closeItems();
  }

  private static String endedState(List<Entry> outcomes) {
    if (outcomes.stream().anyMatch(outcome -> word(outcome).equals("accepted"))) {
      return "delivered";
    }
    return outcomes.stream().anyMatch(outcome -> word(outcome).equals("discard"))
        ? "discarded"
        : "ended";
  }

  private static String word(Entry outcome) {
    var result = Entries.value(outcome).get("result").shown();
    return result.isEmpty() ? outcome.kind() : result;
  }
}

package dev.earshot.engine.delivery;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is told about a delivery: each once in a round, under an id that says so. */
enum Notice {
  DELIVERED("Message Delivered", "detail"),
  FAILED("Message Failed", "reason"),
  EXPIRED("Message Expired", "reason"),
  DISCARDED("Message Discarded", "by"),
  REDRIVEN("Message Redriven", "by");

  private static final String SOURCE = "earshot";

  private final String eventName;
  private final String remarkName;

  Notice(String eventName, String remarkName) {
    this.eventName = eventName;
    this.remarkName = remarkName;
  }

  /** The event for the delivery's user. */
  Event event(Progress progress, String remark, Instant at) {
    var delivery = progress.delivery();
    var subject = delivery.subject();
    return new Event(
        id(progress),
        subject.workspace(),
        EventType.TRACK,
        eventName,
        subject.kind() == Subject.Kind.USER ? subject.id() : null,
        subject.kind() == Subject.Kind.ANONYMOUS ? subject.id() : null,
        null,
        null,
        Properties.of(properties(progress, remark)),
        Properties.EMPTY,
        at,
        at,
        Origin.EARSHOT,
        SOURCE);
  }

  private String id(Progress progress) {
    var word = name().toLowerCase(Locale.ROOT);
    var id = progress.delivery().id() + ':' + word;
    return progress.round() == 0 ? id : id + ':' + progress.round();
  }

  private Fields properties(Progress progress, String remark) {
    var delivery = progress.delivery();
    Map<String, Value> properties = new LinkedHashMap<>();
    properties.put("deliveryId", Value.of(delivery.id()));
    properties.put("channel", Value.of(delivery.channel()));
    properties.put("destination", Value.of(delivery.destination()));
    if (delivery.template() != null) {
      properties.put("template", Value.of(delivery.template()));
    }
    properties.put("journey", Value.of(delivery.journey()));
    properties.put("version", Value.of(delivery.journeyVersion()));
    properties.put("run", Value.of(delivery.run()));
    properties.put("step", Value.of(delivery.step()));
    properties.put("attempts", Value.of(progress.used()));
    properties.put(remarkName, Value.of(PastAttempt.shortened(remark)));
    return new Fields(properties);
  }
}

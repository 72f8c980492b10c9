package dev.earshot.engine.delivery;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;

/** The JSON form of a {@link Delivery}. */
public final class DeliveryJson {

  private DeliveryJson() {}

  public static void write(Delivery delivery, JsonWriter writer) {
    writer
        .open()
        .member("id", delivery.id())
        .member("subject", delivery.subject().key())
        .member("channel", delivery.channel())
        .member("destination", delivery.destination())
        .member("template", delivery.template())
        .member("templateVersion", delivery.templateVersion())
        .member("journey", delivery.journey())
        .member("journeyVersion", delivery.journeyVersion())
        .member("run", delivery.run())
        .member("step", delivery.step())
        .member("decidedAt", delivery.decidedAt())
        .member("expiresAt", delivery.expiresAt())
        .name("data")
        .value(delivery.data())
        .close();
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static Delivery read(Fields fields) {
    return new Delivery(
        Members.text(fields, "id"),
        subject(Members.text(fields, "subject")),
        Members.text(fields, "channel"),
        Members.text(fields, "destination"),
        fields.get("template") instanceof Text(var template) ? template : null,
        Members.number(fields, "templateVersion"),
        Members.text(fields, "journey"),
        Members.number(fields, "journeyVersion"),
        Members.text(fields, "run"),
        Members.text(fields, "step"),
        Members.fields(fields, "data"),
        Members.time(fields, "decidedAt"),
        Members.time(fields, "expiresAt"));
  }

  private static Subject subject(String key) {
    return Subject.parse(key)
        .filter(subject -> subject.kind() != Subject.Kind.ACCOUNT)
        .orElseThrow(() -> new Json.Malformed("nobody to deliver to: " + key));
  }
}

package dev.earshot.engine.delivery;

import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.DeliveryInput.Requested;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;

/** The JSON form of a {@link DeliveryInput} in the log. */
public final class DeliveryInputJson {

  private DeliveryInputJson() {}

  /** The word that leads the document: {@code outcome}. */
  public static String kind(DeliveryInput input) {
    return switch (input) {
      case Requested _ -> "request";
      case Reported _ -> "outcome";
      case Redriven _ -> "redrive";
      case Discarded _ -> "discard";
    };
  }

  public static byte[] write(DeliveryInput input) {
    var writer =
        new JsonWriter(256)
            .open()
            .member("kind", kind(input))
            .member("deliveryId", input.deliveryId());
    switch (input) {
      case Requested(var delivery, var notBefore) ->
          DeliveryJson.write(delivery, writer.member("notBefore", notBefore).name("delivery"));
      case Reported(_, var attempt, var outcome) ->
          OutcomeJson.write(outcome, writer.member("attempt", attempt));
      case Redriven(_, var by) -> writer.member("by", by);
      case Discarded(_, var by) -> writer.member("by", by);
    }
    return writer.close().bytes();
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static DeliveryInput read(byte[] json) {
    var fields = Members.read(json);
    var id = Members.text(fields, "deliveryId");
    var kind = Members.text(fields, "kind");
    return switch (kind) {
      case "request" ->
          new Requested(
              DeliveryJson.read(Members.fields(fields, "delivery")),
              Members.time(fields, "notBefore"));
      case "outcome" ->
          new Reported(id, Members.number(fields, "attempt"), OutcomeJson.read(fields));
      case "redrive" -> new Redriven(id, Members.text(fields, "by"));
      case "discard" -> new Discarded(id, Members.text(fields, "by"));
      default -> throw new Json.Malformed("no kind of delivery input: " + kind);
    };
  }
}

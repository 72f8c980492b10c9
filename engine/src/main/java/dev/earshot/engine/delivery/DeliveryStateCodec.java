package dev.earshot.engine.delivery;

import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.InFlight;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.DeliveryState.Unknown;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import java.util.Arrays;

/** The stored form of a {@link DeliveryState}: a byte for the version of the form, then JSON. */
public final class DeliveryStateCodec {

  static final byte VERSION = 1;

  private DeliveryStateCodec() {}

  public static byte[] write(DeliveryState state) {
    return versioned(json(state));
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static DeliveryState read(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new Json.Malformed("not a delivery in a form that this version can read");
    }
    var fields = Members.read(Arrays.copyOfRange(bytes, 1, bytes.length));
    var state = Members.text(fields, "state");
    return switch (state) {
      case "unknown" -> Unknown.UNKNOWN;
      case "in-flight" -> new InFlight(progress(fields), Members.time(fields, "startedAt"));
      case "waiting" ->
          new Waiting(
              progress(fields),
              Members.text(fields, "reason"),
              Members.time(fields, "nextAttemptAt"));
      case "dead" ->
          new Dead(
              progress(fields), Members.text(fields, "reason"), Members.time(fields, "diedAt"));
      default -> throw new Json.Malformed("no state of a delivery: " + state);
    };
  }

  /** A delivery as a person or a program outside would read it. */
  public static Fields export(DeliveryState state) {
    return Members.read(json(state));
  }

  private static byte[] json(DeliveryState state) {
    var writer = new JsonWriter(1024).open();
    switch (state) {
      case Unknown() -> writer.member("state", "unknown");
      case InFlight(_, var startedAt) ->
          writer.member("state", "in-flight").member("startedAt", startedAt);
      case Waiting(_, var reason, var nextAttemptAt) ->
          writer
              .member("state", "waiting")
              .member("reason", reason)
              .member("nextAttemptAt", nextAttemptAt);
      case Dead(_, var reason, var diedAt) ->
          writer.member("state", "dead").member("reason", reason).member("diedAt", diedAt);
    }
    if (state instanceof Open open) {
      write(open.progress(), writer);
    }
    return writer.close().bytes();
  }

  private static void write(Progress progress, JsonWriter writer) {
    writer
        .member("round", progress.round())
        .member("number", progress.number())
        .member("used", progress.used())
        .name("attempts")
        .openItems();
    progress.past().forEach(attempt -> write(attempt, writer));
    writer.closeItems().name("delivery");
    DeliveryJson.write(progress.delivery(), writer);
  }

  private static void write(PastAttempt attempt, JsonWriter writer) {
    writer
        .open()
        .member("number", attempt.number())
        .member("startedAt", attempt.startedAt())
        .member("endedAt", attempt.endedAt())
        .name("counted")
        .truth(attempt.counted())
        .member("outcome", attempt.outcome())
        .close();
  }

  private static Progress progress(Fields fields) {
    return new Progress(
        DeliveryJson.read(Members.fields(fields, "delivery")),
        Members.number(fields, "round"),
        Members.number(fields, "number"),
        Members.number(fields, "used"),
        Members.items(fields, "attempts").stream().map(DeliveryStateCodec::attempt).toList());
  }

  private static PastAttempt attempt(Fields fields) {
    return new PastAttempt(
        Members.number(fields, "number"),
        Members.time(fields, "startedAt"),
        Members.time(fields, "endedAt"),
        Members.truth(fields, "counted"),
        Members.text(fields, "outcome"));
  }

  private static byte[] versioned(byte[] json) {
    var bytes = new byte[json.length + 1];
    bytes[0] = VERSION;
    System.arraycopy(json, 0, bytes, 1, json.length);
    return bytes;
  }
}

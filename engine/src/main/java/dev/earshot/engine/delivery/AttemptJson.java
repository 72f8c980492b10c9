package dev.earshot.engine.delivery;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;

/** The JSON form of an {@link Attempt} in the log. */
public final class AttemptJson {

  public static final String KIND = "attempt";

  private AttemptJson() {}

  public static byte[] write(Attempt attempt) {
    var writer = new JsonWriter(1024);
    writer
        .open()
        .member("kind", KIND)
        .member("number", attempt.number())
        .member("startBy", attempt.startBy())
        .name("delivery");
    DeliveryJson.write(attempt.delivery(), writer);
    return writer.close().bytes();
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static Attempt read(byte[] json) {
    var fields = Members.read(json);
    return new Attempt(
        DeliveryJson.read(Members.fields(fields, "delivery")),
        Members.number(fields, "number"),
        Members.time(fields, "startBy"));
  }
}

package dev.earshot.engine.journey;

import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Subject;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.util.List;

/** The JSON form of a {@link Decision} in the log. */
public final class DecisionJson {

  public static final String KIND = "decision";

  private static final int BYTES_USUAL = 640;

  private DecisionJson() {}

  public static byte[] write(Decision decision) {
    var writer =
        new JsonWriter(BYTES_USUAL)
            .open()
            .member("kind", KIND)
            .member("id", decision.id())
            .member("subject", decision.subject().key())
            .member("journey", decision.journey())
            .member("version", decision.version())
            .member("cause", decision.cause())
            .member("run", decision.run())
            .member("verdict", decision.verdict().word())
            .member("at", decision.at())
            .name("gates")
            .openItems();
    decision.gates().forEach(gate -> write(gate, writer));
    return writer.closeItems().close().bytes();
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static Decision read(byte[] json) {
    var fields = Json.ownFields(json);
    var key = text(fields, "subject");
    return new Decision(
        text(fields, "id"),
        Subject.parse(key).orElseThrow(() -> new Json.Malformed("no subject: " + key)),
        text(fields, "journey"),
        fields.get("version") instanceof Whole(var version) ? (int) version : 1,
        text(fields, "cause"),
        fields.get("run") instanceof Text(var run) ? run : null,
        verdict(text(fields, "verdict")),
        gates(fields.get("gates")),
        Times.parse(text(fields, "at"))
            .orElseThrow(() -> new Json.Malformed("a decision has a time")));
  }

  private static void write(Gate gate, JsonWriter writer) {
    writer
        .open()
        .member("name", gate.name())
        .name("passed")
        .truth(gate.passed())
        .member("explanation", gate.explanation())
        .name("seen")
        .open();
    gate.reason().show((name, value) -> writer.name(name).value(value));
    writer.close().close();
  }

  private static List<Gate> gates(Value value) {
    if (!(value instanceof Items(var items))) {
      return List.of();
    }
    return items.stream().map(DecisionJson::gate).toList();
  }

  private static Gate gate(Value value) {
    if (!(value instanceof Fields fields)) {
      throw new Json.Malformed("a gate is an object");
    }
    return new Gate(
        text(fields, "name"),
        fields.get("passed") instanceof Truth(var passed) && passed,
        text(fields, "explanation"),
        fields.get("seen") instanceof Fields seen ? seen : Fields.EMPTY);
  }

  private static Verdict verdict(String word) {
    for (var verdict : Verdict.values()) {
      if (verdict.word().equals(word)) {
        return verdict;
      }
    }
    throw new Json.Malformed("no verdict: " + word);
  }

  private static String text(Fields fields, String name) {
    if (fields.get(name) instanceof Text(var text)) {
      return text;
    }
    throw new Json.Malformed("a decision has a " + name);
  }
}

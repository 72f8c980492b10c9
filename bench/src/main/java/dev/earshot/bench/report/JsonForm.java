package dev.earshot.bench.report;

import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.report.Figure.Limit;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import java.nio.charset.StandardCharsets;

/** The report for programs. */
public final class JsonForm {

  private JsonForm() {}

  public static String of(Report report) {
    var json = new JsonWriter(4096).open();
    json.member("startedAt", report.startedAt()).member("seconds", report.took().toSeconds());
    json.name("quick").truth(report.quick()).name("machine").open();
    report.machine().forEach(json::member);
    json.close().name("sections").openItems();
    report.sections().forEach(section -> write(json, section));
    return new String(json.closeItems().close().bytes(), StandardCharsets.UTF_8) + "\n";
  }

  private static void write(JsonWriter json, Section section) {
    json.open().member("name", section.name()).member("meaning", section.meaning());
    json.name("figures").openItems();
    section.figures().forEach(figure -> write(json, figure));
    json.closeItems().name("remarks").openItems();
    section.remarks().forEach(json::text);
    json.closeItems().close();
  }

  private static void write(JsonWriter json, Figure figure) {
    json.open().member("name", figure.name()).name("value").value(number(figure.value()));
    json.member("unit", figure.unit());
    if (figure.limit() instanceof Limit.Beside(var name, var value)) {
      json.name("limit").open().member("name", name).name("value").value(number(value)).close();
      json.name("ratio").value(number(figure.ratio()));
    }
    write(json, figure.goal());
    if (!(figure.goal() instanceof Goal.None)) {
      json.name("met").truth(figure.outcome() == Figure.Outcome.MET);
    }
    json.close();
  }

  private static void write(JsonWriter json, Goal goal) {
    switch (goal) {
      case Goal.RatioAtLeast(var bound) -> write(json, "ratioAtLeast", bound);
      case Goal.RatioAtMost(var bound) -> write(json, "ratioAtMost", bound);
      case Goal.AtLeast(var bound) -> write(json, "atLeast", bound);
      case Goal.AtMost(var bound) -> write(json, "atMost", bound);
      case Goal.None() -> {}
    }
  }

  private static void write(JsonWriter json, String name, double bound) {
    json.name("goal").open().name(name).value(Value.of(bound)).close();
  }

  /** JSON has no word for what is not a number. */
  private static Value number(double value) {
    return Double.isFinite(value) ? Value.of(value) : Nothing.NOTHING;
  }
}

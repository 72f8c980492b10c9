package dev.earshot.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class FormsTest {

  private static final Report REPORT =
      new Report(
          Instant.parse("2026-11-21T10:00:00.123Z"),
          Duration.ofSeconds(75),
          true,
          Map.of("cores", "2 <of \"many\" & 'more'>"),
          List.of(
              new Section(
                  "batched",
                  "batches of 100",
                  List.of(
                      Figure.of("8 connections", 28_311.4, "events/s")
                          .beside("raw <producer>", 56_622.8)
                          .aimedAt(new Goal.RatioAtLeast(0.4)),
                      Figure.of("p99", Double.NaN, "ms").aimedAt(new Goal.AtMost(50)),
                      Figure.of("state", 1.5, "KB")),
                  List.of("<script>alert(1)</script>"))));

  @Test
  void theTextShowsEachFigureBesideItsLimitAndItsGoal() {
    var text = TextForm.of(REPORT);

    assertTrue(
        text.startsWith("Earshot, measured at 2026-11-21T10:00:00Z in 75 s (quick)\n"), text);
    assertEquals(
        "8 connections 28,311 events/s 0.50 of 56,623 (raw <producer>) wanted ratio >= 0.40: met",
        line(text, "8 connections"));
    assertEquals("p99 none ms wanted <= 50.0: missed", line(text, "p99"));
    assertEquals("state 1.50 KB", line(text, "state"));
  }

  @Test
  void theJsonIsReadAsItWasMeasured() {
    var json = Json.parseFields(JsonForm.of(REPORT).getBytes(StandardCharsets.UTF_8));

    var section = fields(((Items) json.get("sections")).items().getFirst());
    var figures = ((Items) section.get("figures")).items();
    assertEquals(Value.of("2026-11-21T10:00:00.123Z"), json.get("startedAt"));
    assertEquals(Value.of(true), json.get("quick"));
    assertEquals(Value.of("2 <of \"many\" & 'more'>"), json.at("machine.cores"));
    assertEquals(
        Json.parse(
            """
            {"name":"8 connections","value":28311.4,"unit":"events/s",\
            "limit":{"name":"raw <producer>","value":56622.8},"ratio":0.5,\
            "goal":{"ratioAtLeast":0.4},"met":true}\
            """),
        figures.getFirst());
    assertEquals(Nothing.NOTHING, fields(figures.get(1)).get("value"));
    assertEquals(Value.of(false), fields(figures.get(1)).get("met"));
    assertEquals(Nothing.NOTHING, fields(figures.get(2)).get("met"));
  }

  @Test
  void nothingThatIsShownOnThePageIsTakenForItsCode() {
    var page = PageForm.of(REPORT);

    assertTrue(page.contains("2 &lt;of &quot;many&quot; &amp; &#39;more&#39;&gt;"), page);
    assertTrue(page.contains("raw &lt;producer&gt;"), page);
    assertFalse(page.contains("<script"), page);
  }

  @Test
  void thePageIsWellFormedAndHasABarForEachFigureAndEachLimit() throws Exception {
    var page = PageForm.of(REPORT).replace("<meta charset=\"utf-8\">", "").lines().skip(1).toList();

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(String.join("\n", page))));

    assertEquals(4, document.getElementsByTagName("rect").getLength());
    assertEquals(3, document.getElementsByTagName("svg").getLength());
  }

  @Test
  void thePageLoadsNothingFromElsewhere() {
    var page = PageForm.of(REPORT);

    assertFalse(page.contains("http"), page);
    assertFalse(page.contains("src="), page);
    assertFalse(page.contains("href="), page);
  }

  @Test
  void aReportIsFiledUnderItsTime() {
    assertEquals("20261121T100000Z", REPORT.fileName());
  }

  private static String line(String text, String start) {
    return text.lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElse(text);
  }

  private static Fields fields(Value value) {
    return (Fields) value;
  }
}

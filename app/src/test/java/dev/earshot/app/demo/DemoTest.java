package dev.earshot.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.FakeServer;
import dev.earshot.app.cli.FakeServer.Asked;
import dev.earshot.app.cli.Ink;
import dev.earshot.app.cli.Screen;
import dev.earshot.app.demo.Demo.Pace;
import dev.earshot.event.Json;
import dev.earshot.event.Times;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration DAYS = Duration.ofDays(30);
  private static final Pace HURRY =
      new Pace(
          Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(20));

  private final FakeServer server = start();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itAppliesThreeJourneysWithAShortSilence() {
    play();

    var files = ((Items) fields(asked("/api/definitions/apply").getFirst()).get("files")).items();
    assertEquals(6, files.size());
    var texts =
        String.join("\n", files.stream().map(file -> ((Fields) file).get("text").shown()).toList());
    assertTrue(texts.contains("trigger: {absent-for: 1s}"), texts);
    assertFalse(texts.contains("absent-for: 7d"), texts);
    for (var id : Journeys.IDS) {
      assertTrue(texts.contains("kind: journey\nid: " + id + "\n"), texts);
      assertTrue(texts.contains("kind: template\nid: " + id + "\n"), texts);
    }
  }

  @Test
  void thePastIsImportedWithItsTimesAndTheLiveDaysAreNow() {
    play();

    var past = messages("/v1/history");
    var live = messages("/v1/batch");
    assertTrue(past.size() > 1000, () -> past.size() + " of the past");
    assertTrue(live.size() > 10, () -> live.size() + " live");
    for (var message : past) {
      var at = Times.parse(message.get("timestamp").shown()).orElseThrow();
      assertFalse(at.isAfter(NOW), message::toString);
    }
    Set<String> ids = new HashSet<>();
    for (var message : live) {
      assertEquals(Nothing.NOTHING, message.get("timestamp"));
      assertTrue(ids.add(message.get("messageId").shown()), message::toString);
    }
  }

  @Test
  void itEndsWithWhatCameOfIt() {
    server.on(
        "GET /api/tail/decisions",
        decision("case-study", "entered", true, "3 of 3")
            + decision("case-study", "sent", true, "no cap")
            + decision(
                "case-study", "not-entered", false, "account employees is 12 (wanted: at least 50)")
            + decision(
                "case-study", "not-entered", false, "account employees is 7 (wanted: at least 50)")
            + decision("another", "entered", true, "of somebody else"));
    server.on(
        "GET /api/tail/facts?name=Message%20Delivered",
        """
        {"kind":"heard","value":{"event":{"name":"Message Delivered","properties":{"journey":"case-study"}}}}
        """);

    play();

    var printed = out.toString();
    assertTrue(
        printed.contains(
            "  case-study              1             2       1           0          1       0"),
        printed);
    assertTrue(
        printed.contains("       2 × not because account employees is … (wanted: at least 50)"),
        printed);
    assertTrue(printed.contains("./earshot why ada case-study"), printed);
  }

  @Test
  void whatStopsManyPeopleIsOneReason() {
    assertEquals(
        "account employees is … (wanted: at least 50)",
        Audience.common("account employees is 12 (wanted: at least 50)"));
    assertEquals(
        "Pricing Viewed: … of 3 within 24 h",
        Audience.common(
            "Pricing Viewed: 2 of 3 within 24 h; the third is 5 min outside the window"));
    assertEquals(
        "Feature Trial Started: happened … times, first on …",
        Audience.common("Feature Trial Started: happened 2 times, first on 2026-11-20T12:00:00Z"));
  }

  @Test
  void printingTheHistoryNeedsNoServer() {
    var arguments =
        new String[] {"--print", "--people", "20", "--days", "10", "--until", NOW.toString()};

    assertEquals(0, command().execute(arguments), err::toString);
    var first = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, command().execute(arguments));

    assertEquals(first, out.toString());
    assertTrue(first.lines().count() > 100, first);
    first.lines().forEach(line -> Json.parseFields(line.getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of(), server.asked());
  }

  private CommandLine command() {
    return new CommandLine(new DemoCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private void play() {
    var screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), Ink.PLAIN);
    var product = new Product(42, 300, NOW.minus(DAYS), DAYS);
    try (var api = new Api(URI.create(server.url()), () -> "sk_test")) {
      new Demo(product, NOW, HURRY, api, screen).play().print(screen);
    }
  }

  private List<Asked> asked(String path) {
    return server.asked().stream().filter(asked -> asked.line().contains(path)).toList();
  }

  private List<Fields> messages(String path) {
    return asked(path).stream()
        .flatMap(asked -> ((Items) fields(asked).get("batch")).items().stream())
        .map(Fields.class::cast)
        .toList();
  }

  private static Fields fields(Asked asked) {
    return Json.parseFields(asked.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String decision(String journey, String verdict, boolean passed, String sentence) {
    return """
    {"kind":"decision","value":{"journey":"%s","subject":"default|u:ada","verdict":"%s",\
    "gates":[{"name":"g","passed":%s,"explanation":"%s","seen":{}}]}}
    """
        .formatted(journey, verdict, passed, sentence);
  }

  private static FakeServer start() {
    try {
      return new FakeServer()
          .on("GET /api/status", "{\"partitions\":[{\"partition\":0,\"lag\":3}]}")
          .on("GET /api/definitions", "{\"definitions\":[]}")
          .on("POST /api/definitions/apply?dryRun=false", "{\"applied\":true}")
          .on("POST /v1/history", "{\"success\":true}")
          .on("POST /v1/batch", "{\"success\":true}")
          .on("GET /api/tail/decisions", "")
          .on("GET /api/tail/facts?name=Message%20Delivered", "")
          .on("GET /api/tail/facts?name=Message%20Failed", "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

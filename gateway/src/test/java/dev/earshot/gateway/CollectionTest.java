package dev.earshot.gateway;

import static dev.earshot.gateway.Wire.post;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.event.Value.Fields;
import dev.earshot.gateway.request.Deadlines;
import dev.earshot.stream.EventLog.LogUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionTest {

  private static final String BASIC = "Authorization: Basic V0tfVEVTVDo=";
  private static final String ADMIN = "Authorization: Bearer " + TestServer.ADMIN_KEY;
  private static final String TRACK =
      "{\"messageId\":\"m1\",\"userId\":\"u1\",\"event\":\"Pricing Viewed\"}";

  private final TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAcceptedEventIsInTheLogWithAllThatWasSaid() {
    var response =
        exchange(
            post(
                "/v1/track",
                """
                {"messageId":"m1","userId":"u1","anonymousId":"a1","event":"Pricing Viewed",
                 "properties":{"plan":"pro"},"context":{"locale":"de"},"writeKey":"ignored",
                 "timestamp":"2026-11-20T22:00:00.000Z"}\
                """,
                BASIC));

    assertEquals(200, response.status());
    assertEquals("{\"success\":true,\"accepted\":1}", response.body());
    assertEquals("os", response.header("x-earshot-durability"));
    assertEquals(
        List.of(
            new Event(
                "m1",
                "default",
                EventType.TRACK,
                "Pricing Viewed",
                "u1",
                "a1",
                null,
                null,
                properties("{\"plan\":\"pro\"}"),
                properties("{\"locale\":\"de\"}"),
                Instant.parse("2026-11-20T22:00:00Z"),
                TestServer.NOW,
                Origin.LIVE,
                "WK_TEST")),
        server.log.events);
  }

  @Test
  void everyNameOfAPathLeadsToTheSame() {
    var paths =
        List.of(
            "/v1/identify",
            "/v1/i",
            "/v1/track",
            "/v1/t",
            "/v1/page",
            "/v1/p",
            "/v1/screen",
            "/v1/s",
            "//v1//track/",
            "/v1/track/");

    for (var path : paths) {
      assertEquals(200, exchange(post(path, TRACK, BASIC)).status(), path);
    }
    for (var path : List.of("/v1/batch", "/v1/b", "/v1/import", "//v1/import/")) {
      var body = "{\"batch\":[{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\"}]}";
      assertEquals(200, exchange(post(path, body, BASIC)).status(), path);
    }
    assertEquals(paths.size() + 4, server.log.events.size());
  }

  @Test
  void theTraceOfTheCallerGoesWithItsEvents() {
    var traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    exchange(post("/v1/track", TRACK, BASIC, "traceparent: " + traceparent));
    exchange(post("/v1/track", TRACK, BASIC, "traceparent: nonsense"));

    assertEquals(List.of(traceparent), server.log.traces);
  }

  @Test
  void theTypeOnTheLabelDoesNotMatter() {
    for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "nonsense")) {
      assertEquals(
          200, exchange(post("/v1/track", TRACK, BASIC, "Content-Type: " + type)).status(), type);
    }
  }

  @Test
  void gzipIsKnownByItsFirstBytesWhateverTheLabel() {
    var gzip = gzip(TRACK.getBytes(StandardCharsets.UTF_8));

    assertEquals(200, exchange(post("/v1/track", gzip, BASIC)).status());
    assertEquals(
        200,
        exchange(
                post(
                    "/v1/track",
                    gzip,
                    BASIC,
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Encoding: gzip"))
            .status());
    assertEquals(200, exchange(post("/v1/track", TRACK, BASIC, "Content-Encoding: gzip")).status());
    assertEquals(3, server.log.events.size());
  }

  @Test
  void aBodyMayComeInChunks() {
    try (var wire = server.wire()) {
      wire.send("POST /v1/track HTTP/1.1\r\nHost: a\r\n" + BASIC + "\r\n");
      wire.send("Transfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < TRACK.length(); at++) {
        wire.send("1\r\n" + TRACK.charAt(at) + "\r\n");
      }
      assertEquals(200, wire.send("0\r\n\r\n").receive().status());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {333, 4_999, 8_192, 20_001, 70_000})
  void aLargeBodyIsReadWholeHoweverItIsCut(int piece) {
    var ids = IntStream.range(0, 900).mapToObj(number -> "m" + number).toList();
    var events =
        ids.stream()
            .map(id -> TRACK.replace("\"m1\"", "\"" + id + "\",\"type\":\"track\""))
            .collect(Collectors.joining(","));
    var body = "{\"batch\":[" + events + "]}";

    try (var wire = server.wire()) {
      var head = "POST /v1/batch HTTP/1.1\r\nHost: a\r\n" + BASIC + "\r\n";
      wire.send(head + "Content-Length: " + body.length() + "\r\n\r\n");
      pieces(body, piece).forEach(wire::send);
      assertEquals(200, wire.receive().status());

      wire.send(head + "Transfer-Encoding: chunked\r\n\r\n");
      pieces(body, piece)
          .forEach(part -> wire.send(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n"));
      assertEquals(200, wire.send("0\r\n\r\n").receive().status());
    }

    assertEquals(
        Stream.concat(ids.stream(), ids.stream()).toList(),
        server.log.events.stream().map(Event::id).toList());
  }

  private static Stream<String> pieces(String body, int length) {
    return IntStream.iterate(0, at -> at < body.length(), at -> at + length)
        .mapToObj(at -> body.substring(at, Math.min(body.length(), at + length)));
  }

  @Test
  void theKeyIsFoundInEveryPlaceClientsPutIt() {
    var inMessage =
        "{\"userId\":\"u\",\"event\":\"e\",\"type\":\"track\",\"writeKey\":\"WK_TEST\"}";
    var unpadded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("WK_TEST".getBytes(StandardCharsets.UTF_8));

    assertEquals(200, exchange(post("/v1/track", TRACK, BASIC)).status());
    assertEquals(
        200, exchange(post("/v1/track", TRACK, "Authorization: Basic " + unpadded)).status());
    assertEquals(200, exchange(post("/v1/track", TRACK, "Authorization: Bearer WK_TEST")).status());
    assertEquals(200, exchange(post("/v1/track", inMessage)).status());
    assertEquals(
        200, exchange(post("/v1/track", inMessage, "Authorization: Bearer oauth")).status());
    assertEquals(
        200, exchange(post("/v1/batch", "{\"batch\":[],\"writeKey\":\"WK_TEST\"}")).status());
    assertEquals(200, exchange(post("/v1/batch", "{\"batch\":[" + inMessage + "]}")).status());
  }

  @Test
  void aKeyThatIsUnknownOrMissingIsA401() {
    var unknown = exchange(post("/v1/track", TRACK, "Authorization: Bearer wk_unknown"));

    assertEquals(401, unknown.status());
    assertEquals("unknown_key", unknown.code());
    assertEquals(401, exchange(post("/v1/track", TRACK)).status());
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void aWithdrawnKeyIsUnknownAtOnce() {
    server.definitions.withdraw("default", "WK_TEST");

    assertEquals(401, exchange(post("/v1/track", TRACK, BASIC)).status());
  }

  @Test
  void theContextOfTheBatchIsMergedAndTheMessageKnowsBetter() {
    var body =
        """
        {"batch":[{"type":"track","userId":"u","event":"e","messageId":"m1",
                   "context":{"locale":"de","library":{"version":"2"}}},
                  {"type":"track","userId":"u","event":"e","messageId":"m2"}],
         "context":{"locale":"en","library":{"name":"x","version":"1"}}}\
        """;

    exchange(post("/v1/batch", body, BASIC));

    assertEquals(
        "{\"locale\":\"de\",\"library\":{\"name\":\"x\",\"version\":\"2\"}}",
        server.log.events.get(0).context().toString());
    assertEquals(
        "{\"locale\":\"en\",\"library\":{\"name\":\"x\",\"version\":\"1\"}}",
        server.log.events.get(1).context().toString());
  }

  @Test
  void theTraitsThatRudderStackPutsIntoTheContextAreTraits() {
    exchange(
        post(
            "/v1/identify",
            "{\"userId\":\"u\",\"messageId\":\"m\",\"context\":{\"traits\":{\"plan\":\"pro\"},\"app\":1}}",
            BASIC));

    assertEquals("{\"plan\":\"pro\"}", server.log.events.getFirst().properties().toString());
    assertEquals("{\"app\":1}", server.log.events.getFirst().context().toString());
  }

  @Test
  void clientClocksAreCorrectedByTheTimeOfSending() {
    var anHourFast =
        "{\"userId\":\"u\",\"event\":\"e\",\"timestamp\":\"2026-11-20T23:29:50.000Z\"%s}";
    var sentAt = "2026-11-20T23:30:00.000Z";

    exchange(post("/v1/track", anHourFast.formatted(",\"sentAt\":\"" + sentAt + '"'), BASIC));
    exchange(post("/v1/track", anHourFast.formatted(""), BASIC, "SentAt: " + sentAt));
    exchange(
        post(
            "/v1/batch",
            "{\"batch\":["
                + anHourFast.formatted(",\"type\":\"track\"")
                + "],\"sentAt\":\""
                + sentAt
                + "\"}",
            BASIC));

    for (var event : server.log.events) {
      assertEquals(TestServer.NOW.minusSeconds(10), event.occurredAt());
      assertEquals("2026-11-20T23:29:50.000Z", event.context().at("originalTimestamp").shown());
    }
    assertEquals(3, server.log.events.size());
  }

  @Test
  void numbersAreTakenForIdsAndEmptyTextsForNothing() {
    exchange(
        post(
            "/v1/track",
            "{\"userId\":42,\"anonymousId\":\"\",\"event\":\"e\",\"context\":null}",
            BASIC));

    assertEquals("42", server.log.events.getFirst().userId());
    assertEquals(null, server.log.events.getFirst().anonymousId());
  }

  @Test
  void anEventWithoutAnIdGetsOneAndTheAnswerSaysSo() {
    var body = "{\"userId\":\"u1\",\"event\":\"e\"}";

    var first = exchange(post("/v1/track", body, BASIC));
    exchange(post("/v1/track", body, BASIC));

    assertTrue(first.body().contains("\"dedupe\":false"), first.body());
    assertTrue(server.log.events.getFirst().id().startsWith("derived-"));
    assertEquals(2, server.log.events.stream().map(Event::id).distinct().count());
  }

  @Test
  void whatCannotBeUnderstoodIsQuarantinedWholeAndTheAnswerSaysWhy() {
    var response =
        exchange(
            post(
                "/v1/batch",
                """
                {"batch":[{"type":"track","userId":"u1","event":"e","messageId":"m1"},
                          {"type":"track","userId":"u1","messageId":"m2"},
                          "text", 17,
                          {"type":"dance","userId":"u1"},
                          {"type":"track","event":"e"},
                          {"type":"group","userId":"u1"},
                          {"type":"track","event":"e","userId":"u1","properties":[1]}]}\
                """,
                BASIC));

    assertEquals(200, response.status());
    assertEquals(1, server.log.events.size());
    assertEquals(
        List.of(
            "track_without_event",
            "not_an_object",
            "not_an_object",
            "type_unknown",
            "person_missing",
            "group_without_account",
            "wrong_type"),
        server.log.quarantined.stream().map(kept -> kept.code()).toList());
    assertEquals(
        "{\"type\":\"track\",\"userId\":\"u1\",\"messageId\":\"m2\"}",
        server.log.quarantined.get(0).document().toString());
    assertEquals(
        "{\"body\":\"\\\"text\\\"\"}", server.log.quarantined.get(1).document().toString());
    assertEquals("{\"body\":\"17\"}", server.log.quarantined.get(2).document().toString());
    assertTrue(
        response
            .body()
            .contains(
                "{\"index\":1,\"messageId\":\"m2\",\"status\":\"quarantined\","
                    + "\"code\":\"track_without_event\",\"reason\":\"a track needs an event\"}"),
        response.body());
  }

  @Test
  void strictModeIsA422WithAResultForEachEvent() {
    var good = "{\"type\":\"track\",\"userId\":\"u1\",\"event\":\"e\",\"messageId\":\"m1\"}";
    var bad = "{\"type\":\"track\",\"userId\":\"u1\",\"messageId\":\"m2\"}";

    var all = exchange(post("/v1/batch?strict=1", "{\"batch\":[" + good + "]}", BASIC));
    var some =
        exchange(post("/v1/batch?strict=1", "{\"batch\":[" + good + "," + bad + "]}", BASIC));

    assertEquals(
        "{\"success\":true,\"accepted\":1,\"results\":[{\"index\":0,\"messageId\":\"m1\",\"status\":\"accepted\"}]}",
        all.body());
    assertEquals(422, some.status());
    assertEquals("not_all_accepted", some.code());
    assertEquals("application/problem+json", some.header("content-type"));
    assertTrue(
        some.body().contains("\"index\":1,\"messageId\":\"m2\",\"status\":\"quarantined\""),
        some.body());
  }

  @Test
  void brokenJsonIsA400() {
    for (var body : List.of("", "nonsense", "[]", "{\"a\":1", "{\"a\":1}x", "{}")) {
      var path = body.equals("{}") ? "/v1/batch" : "/v1/track";
      var response = exchange(post(path, body, BASIC));
      assertEquals(400, response.status(), body);
      assertEquals("malformed", response.code(), body);
    }
  }

  @Test
  void nothingIsAnsweredBeforeTheLogHasIt() {
    var pending = new CompletableFuture<Void>();
    server.log.answer = () -> pending;
    try (var wire = server.wire()) {
      wire.send(post("/v1/track", TRACK, BASIC));
      await().until(() -> server.log.events.size() == 1);
      assertEquals(0, wire.available());

      pending.complete(null);

      assertEquals(200, wire.receive().status());
    }
  }

  @Test
  void aLogThatFailsIsA503ToBeRetried() {
    server.log.answer =
        () -> CompletableFuture.failedFuture(new LogUnavailable("full", new IOException()));

    var response = exchange(post("/v1/track", TRACK, BASIC));

    assertEquals(503, response.status());
    assertEquals("log_unavailable", response.code());
    assertTrue(Integer.parseInt(response.header("retry-after")) > 0);
  }

  @Test
  void aLogThatHangsIsA503AfterItsDeadline() {
    var config =
        TestServer.config(
            new Deadlines(
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMillis(200)));
    try (var hanging = new TestServer(config);
        var wire = hanging.wire()) {
      hanging.log.answer = CompletableFuture::new;

      assertEquals(503, wire.exchange(post("/v1/track", TRACK, BASIC)).status());
    }
  }

  @Test
  void beforeTheLogIsReadyEveryRequestIsA503AtOnce() {
    server.trouble = Optional.of("The disk is nearly full.");
    try (var wire = server.wire()) {
      wire.send("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n");

      var response = wire.receive();

      assertEquals(503, response.status());
      assertEquals("not_ready", response.code());
      assertTrue(response.body().contains("\"detail\":\"The disk is nearly full.\""));
      assertTrue(Integer.parseInt(response.header("retry-after")) > 0);
    }
  }

  @Test
  void historyKeepsItsTimesAndTakesAnAdminKey() {
    var old =
        "{\"type\":\"track\",\"userId\":\"u1\",\"event\":\"e\",\"messageId\":\"m1\",\"timestamp\":\"2019-05-06T07:08:09Z\",\"sentAt\":\"2019-05-06T07:09:09Z\"}";

    assertEquals(200, exchange(post("/v1/history", old, ADMIN)).status());
    assertEquals(200, exchange(post("/v1/history", "{\"batch\":[" + old + "]}", ADMIN)).status());
    var write = exchange(post("/v1/history", old, BASIC));

    assertEquals(403, write.status());
    assertEquals("key_scope", write.code());
    assertEquals(2, server.log.events.size());
    for (var event : server.log.events) {
      assertEquals(Origin.HISTORY, event.origin());
      assertEquals(Instant.parse("2019-05-06T07:08:09Z"), event.occurredAt());
    }
  }

  @Test
  void historyWithAMemberOfAWrongTypeIsQuarantined() {
    var message = "{\"type\":\"track\",\"userId\":\"u1\",\"event\":\"e\",\"context\":7}";

    assertEquals(200, exchange(post("/v1/history", message, ADMIN)).status());

    assertEquals("wrong_type", server.log.quarantined.getFirst().code());
  }

  @Test
  void historyWithoutATimeIsQuarantined() {
    exchange(post("/v1/history", "{\"type\":\"track\",\"userId\":\"u1\",\"event\":\"e\"}", ADMIN));

    assertEquals("history_without_time", server.log.quarantined.getFirst().code());
  }

  @Test
  void theFiguresOfTheBrowserClientAboutItselfAreDropped() {
    var response = exchange(post("/v1/m", "{\"series\":[]}"));

    assertEquals(200, response.status());
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void browserClientsGetTheirSettings() {
    var segment = get("/v1/projects/WK_TEST/settings", "Origin: http://app.example");
    var secure = get("/v1/projects/WK_TEST/settings", "Origin: https://app.example");
    var rudderStack = get("/sourceConfig/?p=npm&writeKey=WK_TEST", BASIC);

    assertEquals(
        "collector.example/v1",
        ((Fields) ((Fields) segment.at("integrations")).get("Segment.io")).get("apiHost").shown());
    assertTrue(segment.body().contains("\"protocol\":\"http\""));
    assertTrue(!secure.body().contains("\"protocol\""));
    assertEquals("http://app.example", segment.header("access-control-allow-origin"));
    assertEquals("default", rudderStack.at("source.workspaceId").shown());
    assertEquals(404, get("/v1/projects/unknown/settings").status());
    assertEquals(401, get("/sourceConfig/").status());
  }

  @Test
  void everyStepIsTimedAndCountedUnderItsName() {
    exchange(post("/v1/track", TRACK, BASIC));
    exchange(post("/v1/track", "{\"userId\":\"u1\"}", BASIC));

    for (var step :
        List.of(
            "shape", "size", "text", "type", "person", "subject", "names", "ids", "time",
            "event")) {
      assertTrue(
          server.registry.get("earshot.admission.step").tag("step", step).timer().count() > 0,
          step);
    }
    assertEquals(
        2, server.registry.get("earshot.admission.passed").tag("step", "person").counter().count());
    assertEquals(
        1, server.registry.get("earshot.admission.passed").tag("step", "event").counter().count());
    assertEquals(
        1,
        server
            .registry
            .get("earshot.admission.refused")
            .tag("code", "track_without_event")
            .counter()
            .count());
  }

  private Wire.Response exchange(byte[] request) {
    try (var wire = server.wire()) {
      return wire.exchange(request);
    }
  }

  private Wire.Response get(String target, String... headers) {
    var head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: collector.example\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    return exchange(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Properties properties(String json) {
    return Properties.of(json.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] plain) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

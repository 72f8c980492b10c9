package dev.earshot.gateway;

import static dev.earshot.gateway.Wire.post;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.gateway.key.Quota;
import dev.earshot.gateway.request.Deadlines;
import dev.earshot.gateway.request.Limits;
import dev.earshot.stream.EventLog.LogUnavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The attacks on collection that the security checklist names, each with its row. */
class AttackTest {

  private static final String KEY = "Authorization: Bearer WK_TEST";
  private static final String TRACK =
      "{\"messageId\":\"m1\",\"userId\":\"u1\",\"event\":\"Pricing Viewed\"}";

  private TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void row1AWriteKeyCannotWriteThePast() {
    var response = exchange(post("/v1/history", TRACK, KEY));

    assertEquals(403, response.status());
    assertEquals("key_scope", response.code());
  }

  @Test
  void row1AServerKeyCannotWriteThePastEither() {
    var response =
        exchange(post("/v1/history", TRACK, "Authorization: Bearer " + TestServer.SERVER_KEY));

    assertEquals(403, response.status());
    assertEquals("key_scope", response.code());
  }

  @Test
  void row1ASecretKeyInABrowserIsRefused() {
    for (var key : List.of(TestServer.ADMIN_KEY, TestServer.SERVER_KEY)) {
      var response =
          exchange(
              post(
                  "/v1/track",
                  TRACK,
                  "Authorization: Bearer " + key,
                  "Origin: https://app.example"));

      assertEquals(403, response.status());
      assertEquals("key_scope", response.code());
    }
  }

  @Test
  void row2APublicKeyCannotTakeOverAKnownUser() {
    var takeover =
        "{\"messageId\":\"m\",\"userId\":\"mallory\",\"previousId\":\"ada\",\"anonymousId\":\"v1\"}";
    for (var path : List.of("/v1/alias", "/v1/a")) {
      for (var from : List.of("X-From: curl", "Origin: https://app.example")) {
        var response = exchange(post(path, takeover, KEY, from));

        assertEquals(200, response.status());
        assertTrue(response.body().contains("\"warnings\":[\"visitor_only\"]"), response.body());
        var event = server.log.events.getLast();
        assertEquals(EventType.ALIAS, event.type());
        assertNull(event.previousId());
        assertEquals("ada", event.anonymousId());
      }
    }
  }

  @Test
  void row2AVisitorIsStillAliasedWithAPublicKey() {
    var alias =
        "{\"messageId\":\"m\",\"userId\":\"ada\",\"previousId\":\"v1\",\"anonymousId\":\"v1\"}";

    var response = exchange(post("/v1/alias", alias, KEY));

    assertFalse(response.body().contains("warnings"), response.body());
    assertEquals("v1", server.log.events.getLast().anonymousId());
    assertEquals("ada", server.log.events.getLast().userId());
  }

  @Test
  void row2ASecretKeyMakesTwoUsersOne() {
    var alias = "{\"messageId\":\"m\",\"userId\":\"ada\",\"previousId\":\"countess\"}";
    for (var key : List.of(TestServer.SERVER_KEY, TestServer.ADMIN_KEY)) {
      exchange(post("/v1/alias", alias, "Authorization: Bearer " + key));

      assertEquals("countess", server.log.events.getLast().previousId());
    }
  }

  @Test
  void row2AWithdrawnKeyOpensNothingFromThenOn() {
    assertEquals(200, exchange(post("/v1/track", TRACK, KEY)).status());

    server.definitions.withdraw("default", "WK_TEST");

    var response = exchange(post("/v1/track", TRACK, KEY));
    assertEquals(401, response.status());
    assertEquals("unknown_key", response.code());
  }

  @Test
  void row2AForeignPageIsRefusedSoThatItCanReadWhy() {
    var key = "Authorization: Bearer " + TestServer.PAGE_KEY;

    var foreign = exchange(post("/v1/track", TRACK, key, "Origin: https://evil.example"));

    assertEquals(403, foreign.status());
    assertEquals("foreign_origin", foreign.code());
    assertEquals("https://evil.example", foreign.header("access-control-allow-origin"));
    assertEquals(
        200, exchange(post("/v1/track", TRACK, key, "Origin: https://app.example")).status());
    assertEquals(
        200, exchange(post("/v1/track", TRACK, key, "Origin: https://a.shop.example")).status());
    for (var origin : List.of("https://evilshop.example", "http://a.shop.example", "null")) {
      assertEquals(
          403, exchange(post("/v1/track", TRACK, key, "Origin: " + origin)).status(), origin);
    }
  }

  @Test
  void row2AStolenKeyCannotFlood() {
    restart(Limits.STANDARD, new Quota(1, 5));
    var batch = batch(5, "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\"}");

    assertEquals(200, exchange(post("/v1/batch", batch, KEY)).status());
    var flooding = exchange(post("/v1/batch", batch, KEY));

    assertEquals(429, flooding.status());
    assertEquals("quota_exceeded", flooding.code());
    assertTrue(Integer.parseInt(flooding.header("retry-after")) > 0);
    assertEquals(5, server.log.events.size());
  }

  @Test
  void row3ABodyOverTheLimitIsRefusedBeforeItIsRead() {
    int max = Limits.STANDARD.requestBytesMax();
    var over = "{\"userId\":\"" + "x".repeat(max) + "\"}";

    assertEquals(413, exchange(post("/v1/track", over, KEY)).status());
    try (var wire = server.wire()) {
      wire.send("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n");
      assertEquals(413, wire.receive().status());
    }
    try (var wire = server.wire()) {
      wire.send("POST /v1/track HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
      for (int sent = 0; sent < 9; sent++) {
        wire.trySend(chunk);
      }
      assertEquals(413, wire.receive().status());
    }
  }

  @Test
  void row4ABatchOverTheLimitIsRefusedAndABadEventHarmsItselfOnly() {
    var empty = batch(Limits.STANDARD.batchEventsMax() + 1, "{}");
    var good = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\",\"messageId\":\"m\"}";
    var large =
        "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\",\"x\":\""
            + "x".repeat(33_000)
            + "\"}";

    var tooMany = exchange(post("/v1/batch", empty, KEY));
    var oneLarge = exchange(post("/v1/batch", "{\"batch\":[" + good + "," + large + "]}", KEY));

    assertEquals(413, tooMany.status());
    assertEquals("too_many_events", tooMany.code());
    assertEquals(200, oneLarge.status());
    assertTrue(
        oneLarge
            .body()
            .contains("\"index\":1,\"status\":\"rejected\",\"code\":\"event_too_large\""),
        oneLarge.body());
    assertEquals(1, server.log.events.size());
  }

  @Test
  void row5BombsAndOtherEncodingsAreStopped() {
    var bomb = CollectionTest.gzip(new byte[50 * 1024 * 1024]);
    var whole = CollectionTest.gzip(TRACK.getBytes(StandardCharsets.UTF_8));
    var truncated = Arrays.copyOf(whole, whole.length - 9);
    var trailing = Arrays.copyOf(whole, whole.length + 1);

    assertEquals(413, exchange(post("/v1/track", bomb, KEY)).status());
    assertEquals(400, exchange(post("/v1/track", CollectionTest.gzip(whole), KEY)).status());
    assertEquals(400, exchange(post("/v1/track", truncated, KEY)).status());
    assertEquals(400, exchange(post("/v1/track", trailing, KEY)).status());
    for (var encoding : List.of("br", "zstd", "snappy", "deflate", "gzip, gzip")) {
      var response = exchange(post("/v1/track", whole, KEY, "Content-Encoding: " + encoding));
      assertEquals(415, response.status(), encoding);
    }
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void row5AHighRatioIsStoppedBeforeTheLimit() {
    var spaces = CollectionTest.gzip(" ".repeat(400_000).getBytes(StandardCharsets.UTF_8));

    assertEquals(413, exchange(post("/v1/track", spaces, KEY)).status());
  }

  @Test
  void row6JsonThatIsNoneOrAimsAtTheReaderIsA400() {
    var bodies = new ArrayList<byte[]>();
    for (var json :
        List.of(
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":" + "[".repeat(100_000),
            "{\"" + "k".repeat(100_000) + "\":1}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"n\":1e999999999}}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"n\":" + "9".repeat(100_000) + "}}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"n\":NaN}}",
            "{\"userId\":\"u\",\"userId\":\"v\",\"event\":\"e\"}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"a\":1,\"a\":2}}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"a\":\"\\u0000\"}}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"a\":\"\\ud800\"}}",
            "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"a\":\"\\udc00\\ud800\"}}",
            "\ufeff" + TRACK)) {
      bodies.add(json.getBytes(StandardCharsets.UTF_8));
    }
    bodies.add(TRACK.getBytes(StandardCharsets.UTF_16));
    bodies.add(TRACK.getBytes(StandardCharsets.UTF_16LE));
    bodies.add("{\"userId\":\"\u00e9\",\"event\":\"e\"}".getBytes(StandardCharsets.ISO_8859_1));

    for (var body : bodies) {
      var response = exchange(post("/v1/track", body, KEY));
      var shown = new String(body, 0, Math.min(80, body.length), StandardCharsets.UTF_8);
      assertEquals(400, response.status(), shown);
      assertFalse(response.body().contains("StreamRead"), response.body());
    }
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void row6AnEventThatAimsAtTheReaderHarmsItselfOnly() {
    var aims =
        Map.of(
            "[".repeat(10_000) + "]".repeat(10_000),
            "too_deep",
            "{\"" + "k".repeat(1_000) + "\":1}",
            "too_long",
            "9".repeat(1_000),
            "too_long",
            "1e999",
            "number_out_of_range",
            "{\"a\":1,\"a\":2}",
            "name_twice");
    aims.forEach((aim, code) -> {
      server.log.events.clear();
      var bad = TRACK.replace("{", "{\"type\":\"track\",\"context\":{\"bad\":" + aim + "},");
      var good = TRACK.replace("{", "{\"type\":\"track\",");
      var body = "{\"batch\":[" + good + "," + bad + "," + good + "]}";

      var response = exchange(post("/v1/batch", body, KEY));

      assertEquals(200, response.status(), response.body());
      assertTrue(
          response.body().contains("\"status\":\"rejected\",\"code\":\"" + code + "\""),
          response.body());
      assertEquals(2, server.log.events.size());
    });
  }

  @Test
  void row6WhatAimsAtTheReaderBesideTheEventsIsRefusedWhole() {
    var events = "[" + TRACK.replace("{", "{\"type\":\"track\",") + "]";
    for (var beside :
        List.of(
            "\"batch\":" + events,
            "\"sentAt\":1,\"sentAt\":2",
            "\"context\":" + "[".repeat(10_000) + "]".repeat(10_000))) {
      var response = exchange(post("/v1/batch", "{\"batch\":" + events + "," + beside + "}", KEY));

      assertEquals(400, response.status(), response.body());
      assertEquals("malformed", response.code());
    }
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void row6NamesThatCollideCostNoMoreThanOthers() {
    var colliding = new StringBuilder("{\"userId\":\"u\",\"event\":\"e\",\"properties\":{");
    for (int number = 0; number < 1 << 10; number++) {
      colliding.append('"');
      for (int bit = 0; bit < 10; bit++) {
        colliding.append((number >> bit & 1) == 0 ? "Aa" : "BB");
      }
      colliding.append("\":1,");
    }
    var response = exchange(post("/v1/track", colliding + "\"a\":1}}", KEY));

    assertEquals(200, response.status(), response.body());
  }

  @Test
  void row7OneAddressCannotTakeAllConnections() {
    restart(
        new Limits(500_000, 32_768, 65_536, 2_500, 1 << 20, 100, 2),
        GatewayConfig.STANDARD.keyQuota());
    try (var first = server.wire();
        var second = server.wire();
        var third = server.wire()) {
      assertEquals(200, first.exchange(post("/v1/m", "{}")).status());
      assertEquals(200, second.exchange(post("/v1/m", "{}")).status());
      assertEquals("", third.untilClosed());
    }
  }

  @Test
  void row7MemoryForRequestsIsBounded() {
    restart(
        new Limits(500_000, 32_768, 65_536, 2_500, 150, 100, 100),
        GatewayConfig.STANDARD.keyQuota());
    var pending = new CompletableFuture<Void>();
    server.log.answer = () -> pending;
    try (var waiting = server.wire();
        var next = server.wire()) {
      waiting.send(post("/v1/track", " ".repeat(40) + TRACK, KEY));
      await().until(() -> server.log.events.size() == 1);

      var refused = next.exchange(post("/v1/track", TRACK, KEY));

      assertEquals(503, refused.status());
      assertEquals("overloaded", refused.code());
      pending.complete(null);
      assertEquals(200, waiting.receive().status());
      assertEquals(200, exchange(post("/v1/track", TRACK, KEY)).status());
    }
  }

  @Test
  void row8RequestsThatTwoServersReadDifferentlyAreRefused() {
    var body = TRACK;
    var smuggled = "POST /v1/m HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    var head = "POST /v1/track HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n";
    var chunked = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    for (var attack :
        List.of(
            head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked + smuggled,
            head + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" + chunked + smuggled,
            head + "Transfer-Encoding: xchunked\r\n\r\n" + chunked + smuggled,
            head + "Transfer-Encoding: xchunked\r\n\r\n" + smuggled,
            head + "Transfer-Encoding: chunked, identity\r\n\r\n" + chunked + smuggled,
            head + "Content-Length: 4\r\nContent-Length: 8\r\n\r\n" + body + smuggled,
            head + "Content-Length : " + body.length() + "\r\n\r\n" + body + smuggled,
            head + "Content-Length: +5\r\n\r\n" + body + smuggled,
            head.replace("\r\n", "\n")
                + "Content-Length: "
                + body.length()
                + "\n\n"
                + body
                + smuggled)) {
      try (var wire = server.wire()) {
        var said = wire.send(attack).untilClosed();
        assertTrue(said.contains(" 400 "), attack + said);
        assertEquals(said.indexOf("HTTP/1."), said.lastIndexOf("HTTP/1."), attack + said);
      }
    }
  }

  @Test
  void row8AFoldedHeaderHidesNoOther() {
    try (var wire = server.wire()) {
      wire.send("POST /v1/track HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\nX: a\r\n");
      wire.send(" Content-Length: 0\r\nContent-Length: " + TRACK.length() + "\r\n\r\n" + TRACK);

      assertEquals(200, wire.receive().status());
      assertEquals(1, server.log.events.size());
    }
  }

  @Test
  void row9Http2IsNotSpokenHereAndAnUpgradeIsIgnored() throws Exception {
    try (var wire = server.wire()) {
      var said = wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").untilClosed();
      assertTrue(said.contains(" 501 "), said);
    }
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/v1/track"))
              .header("Authorization", "Bearer WK_TEST")
              .POST(HttpRequest.BodyPublishers.ofString(TRACK))
              .build();
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      assertEquals(HttpClient.Version.HTTP_1_1, response.version());
    }
  }

  @Test
  void row10AnAddressIsBelievedOfTrustedProxiesOnly() {
    var forwarded = "X-Forwarded-For: 203.0.113.9, 198.51.100.7";
    exchange(post("/v1/track", TRACK, KEY, "Origin: https://app.example", forwarded));
    assertEquals("127.0.0.1", server.log.events.getFirst().context().at("ip").shown());
    server.close();
    var standard = GatewayConfig.STANDARD;
    server =
        new TestServer(
            new GatewayConfig(
                standard.limits(),
                standard.deadlines(),
                standard.workspaceQuota(),
                standard.keyQuota(),
                standard.browserQuota(),
                standard.refusals(),
                List.of("127.0.0.0/8"),
                "os"));

    exchange(post("/v1/track", TRACK, KEY, "Origin: https://app.example", forwarded));

    assertEquals("198.51.100.7", server.log.events.getFirst().context().at("ip").shown());
  }

  @Test
  void row11OtherMethodsAreA405WithThoseThatFit() {
    for (var method : List.of("TRACE", "PUT", "GET", "DELETE", "PATCH", "HEAD")) {
      try (var wire = server.wire()) {
        wire.send(method + " /v1/track HTTP/1.1\r\nHost: a\r\n\r\n");
        var said = wire.receiveHead();
        assertEquals(405, said.status(), method);
        assertEquals("POST, OPTIONS", said.header("allow"), method);
      }
    }
  }

  @Test
  void row12ControlCharactersAndEndlessIdsAreRefused() {
    for (var message :
        List.of(
            "{\"userId\":\"u\",\"event\":\"a\\r\\nce_type: x\"}",
            "{\"userId\":\"u\\n\",\"event\":\"a\"}",
            "{\"userId\":\"u\",\"event\":\"a\\u0007\"}",
            "{\"userId\":\"u\",\"event\":\"e\",\"messageId\":\"m\\n\"}",
            "{\"userId\":\"" + "u".repeat(10_000) + "\",\"event\":\"e\"}",
            "{\"userId\":\"u\",\"event\":\"" + "e".repeat(10_000) + "\"}")) {
      var response = exchange(post("/v1/track", message, KEY));
      assertEquals(400, response.status(), message);
      assertEquals("nothing_accepted", response.code(), message);
    }
    assertEquals(List.of(), server.log.events);
    assertEquals(List.of(), server.log.quarantined);
  }

  @Test
  void row13TimesThatCannotBeAreClampedAndTheAnswerSaysSo() {
    for (var time :
        List.of(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "-1",
            "now()",
            "2026-06-30T23:59:60Z",
            "2026-11-20T22:00:00+99:99",
            "+999999999-12-31T23:59:59Z")) {
      var body =
          "{\"messageId\":\"m\",\"userId\":\"u\",\"event\":\"e\",\"timestamp\":\"" + time + "\"}";
      var response = exchange(post("/v1/track", body, KEY));
      assertEquals(200, response.status(), time);
      assertTrue(response.body().contains("\"warnings\":[\"ts_clamped\"]"), time + response.body());
      var event = server.log.events.getLast();
      assertEquals(TestServer.NOW, event.occurredAt(), time);
      assertEquals(time, event.context().at("originalTimestamp").shown());
    }
  }

  @Test
  void row23AKeyInTheUrlOpensNothing() {
    var response = exchange(post("/v1/track?writeKey=WK_TEST&key=WK_TEST", TRACK));

    assertEquals(401, response.status());
    assertFalse(response.body().contains("WK_TEST"));
  }

  @Test
  void row46NoKeyAndNothingOfABodyIsLogged() throws Exception {
    var marked =
        "{\"messageId\":\"m-1\",\"userId\":\"MARKER\",\"event\":\"MARKER\",\"MARKER\":\"MARKER\"%s}";
    var accepted = exchange(post("/v1/track?MARKER=1", marked.formatted(""), KEY));
    exchange(post("/v1/track", marked.formatted(",MARKER"), KEY));
    exchange(post("/v1/group", marked.formatted(""), KEY));
    exchange(post("/v1/track", "{}", "Authorization: Bearer wk_MARKER", "X-MARKER: MARKER"));
    server.log.answer = () -> CompletableFuture.failedFuture(new LogUnavailable("gone"));
    exchange(post("/v1/track", marked.formatted(""), KEY));

    var logged = Files.readString(Path.of("target/gateway-test.log"));

    assertTrue(
        logged.contains(accepted.header("x-request-id")), "requests are logged by their ids");
    assertFalse(logged.contains("MARKER"), logged);
    assertFalse(logged.contains("Bearer"), logged);
  }

  @Test
  void row48ObjectsOfOtherRuntimesAreText() {
    var polymorphic =
        "{\"userId\":\"u\",\"event\":\"e\",\"messageId\":\"m\",\"properties\":{\"@class\":\"java.lang.ProcessBuilder\"}}";
    var serialized = new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 0x73, 0x72};

    assertEquals(200, exchange(post("/v1/track", polymorphic, KEY)).status());
    assertEquals(400, exchange(post("/v1/track", serialized, KEY)).status());
    assertEquals(
        List.of("{\"@class\":\"java.lang.ProcessBuilder\"}"),
        server.log.events.stream().map(Event::properties).map(Object::toString).toList());
  }

  private void restart(Limits limits, Quota quota) {
    server.close();
    var standard = GatewayConfig.STANDARD;
    server =
        new TestServer(
            new GatewayConfig(
                limits,
                Deadlines.STANDARD,
                standard.workspaceQuota(),
                quota,
                standard.browserQuota(),
                standard.refusals(),
                List.of(),
                "os"));
  }

  private static String batch(int events, String event) {
    return "{\"batch\":[" + String.join(",", Collections.nCopies(events, event)) + "]}";
  }

  private Wire.Response exchange(byte[] request) {
    try (var wire = server.wire()) {
      return wire.exchange(request);
    }
  }
}

package dev.earshot.gateway;

import static dev.earshot.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Subject;
import dev.earshot.stream.EventLog.LogUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnsubscribeTest {

  private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private final TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aProgramThatLooksAtTheLinkUnsubscribesNobody() {
    var page = get("/u/adas-token");

    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.header("content-type"));
    assertTrue(page.body().contains("<form method=\"post\">"), page.body());
    assertFalse(page.body().contains("ada"), "the page says nothing of the person");
    assertEquals("no-store", page.header("cache-control"));
    assertEquals("no-referrer", page.header("referrer-policy"));
    assertTrue(page.header("content-security-policy").startsWith("default-src 'none'"));
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void oneClickUnsubscribesAsAnIdentifyWould() {
    var answer = exchange(post("/u/adas-token", ONE_CLICK, FORM));

    assertEquals(200, answer.status());
    var event = server.log.events.getFirst();
    assertEquals(EventType.IDENTIFY, event.type());
    assertEquals("User Identified", event.name());
    assertEquals(Subject.user("default", "ada"), event.subject());
    assertNull(event.anonymousId());
    assertEquals("{\"unsubscribed\":true}", event.properties().toString());
    assertEquals(Origin.LIVE, event.origin());
    assertEquals(TestServer.NOW, event.occurredAt());
    assertEquals("unsubscribe", event.source());
  }

  @Test
  void theButtonOfThePageDoesTheSame() {
    assertEquals(200, exchange(post("/u/adas-token", "", FORM, "Origin: null")).status());

    assertEquals(1, server.log.events.size());
  }

  @Test
  void clicksAtTheSameMomentAreOneEvent() {
    exchange(post("/u/adas-token", ONE_CLICK, FORM));
    exchange(post("/u/adas-token", ONE_CLICK, FORM));
    exchange(post("/u/visitors-token", ONE_CLICK, FORM));

    var ids = new HashSet<String>();
    server.log.events.forEach(event -> ids.add(event.id()));
    assertEquals(2, ids.size());
  }

  @Test
  void aVisitorCanLeaveToo() {
    exchange(post("/u/visitors-token", ONE_CLICK, FORM));

    assertEquals(Subject.anonymous("default", "v1"), server.log.events.getFirst().subject());
  }

  @Test
  void aForgedTokenIsNobodys() {
    for (var path : List.of("/u/forged", "/u/", "/u/adas-token/x", "/u/" + "x".repeat(5_000))) {
      var page = get(path);
      var click = exchange(post(path, ONE_CLICK, FORM));

      assertEquals(404, page.status(), path);
      assertEquals(404, click.status(), path);
      assertFalse(click.body().contains("forged"));
    }
    assertEquals(List.of(), server.log.events);
  }

  @Test
  void otherMethodsAreRefused() {
    try (var wire = server.wire()) {
      wire.send("DELETE /u/adas-token HTTP/1.1\r\nHost: a\r\n\r\n");

      var said = wire.receiveHead();

      assertEquals(405, said.status());
      assertEquals("GET, POST, OPTIONS", said.header("allow"));
    }
  }

  @Test
  void oneLinkCannotFloodTheLog() {
    var answers = new HashSet<Integer>();
    for (int click = 0; click < 30; click++) {
      answers.add(exchange(post("/u/adas-token", ONE_CLICK, FORM)).status());
    }

    assertTrue(answers.contains(429), answers::toString);
    assertEquals(200, exchange(post("/u/visitors-token", ONE_CLICK, FORM)).status());
  }

  @Test
  void nobodyIsToldToBeUnsubscribedBeforeTheLogHasIt() {
    server.log.answer = () -> CompletableFuture.failedFuture(new LogUnavailable("gone"));

    var answer = exchange(post("/u/adas-token", ONE_CLICK, FORM));

    assertEquals(503, answer.status());
    assertEquals("2", answer.header("retry-after"));
  }

  private Wire.Response get(String path) {
    return exchange(
        ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private Wire.Response exchange(byte[] request) {
    try (var wire = server.wire()) {
      return wire.exchange(request);
    }
  }
}

package dev.earshot.gateway;

import static dev.earshot.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.EventJson;
import dev.earshot.event.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

  private static final String PATH = "/v1/cloudevents";
  private static final String KEY = "Authorization: Bearer WK_TEST";
  private static final String STRUCTURED = "Content-Type: application/cloudevents+json";
  private static final String BATCHED = "Content-Type: application/cloudevents-batch+json";
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/s\",\"type\":\"t\",\"subject\":\"u1\"}";

  private final TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBatchIsTakenAsItsEvents() {
    var batch = "[" + EVENT.formatted("e1") + "," + EVENT.formatted("e2") + "]";

    var response = exchange(post(PATH, batch, KEY, BATCHED));

    assertEquals(202, response.status());
    assertEquals("", response.body());
    assertEquals(
        List.of("/s|e1", "/s|e2"), server.log.events.stream().map(event -> event.id()).toList());
    assertEquals(202, exchange(post(PATH, "[]", KEY, BATCHED)).status());
  }

  @Test
  void aBatchWithABadEventKeepsTheGoodOnesAndSaysWhich() {
    var batch = "[" + EVENT.formatted("e1") + ",{\"specversion\":\"1.0\",\"id\":\"e2\"}]";

    var response = exchange(post(PATH, batch, KEY, BATCHED));

    assertEquals(202, response.status());
    assertTrue(
        response.body().contains("\"index\":1,\"status\":\"rejected\",\"code\":\"no_cloudevent\""),
        response.body());
    assertEquals(1, server.log.events.size());
  }

  @Test
  void anEventThatAimsAtTheReaderHarmsItselfOnly() {
    var aims =
        Map.of(
            "[".repeat(10_000) + "]".repeat(10_000),
            "rejected\",\"code\":\"too_deep",
            "\"\\u0000\"",
            "rejected\",\"code\":\"bad_text",
            "{\"a\":1,\"a\":2}",
            "rejected\",\"code\":\"name_twice");
    aims.forEach((aim, code) -> {
      server.log.events.clear();
      var bad = EVENT.formatted("e2").replace("}", ",\"data\":" + aim + "}");
      var batch = "[" + EVENT.formatted("e1") + ",7," + bad + "," + EVENT.formatted("e3") + "]";

      var response = exchange(post(PATH, batch, KEY, BATCHED));

      assertEquals(202, response.status(), response.body());
      assertTrue(
          response.body().contains("\"status\":\"quarantined\",\"code\":\"not_an_object\""),
          response.body());
      assertTrue(response.body().contains("\"status\":\"" + code + "\""), response.body());
      assertEquals(2, server.log.events.size());
      assertEquals(400, exchange(post(PATH, bad, KEY, STRUCTURED)).status());
    });
  }

  @Test
  void headersAreDecodedOnceAndDataOfAnyTypeIsKept() {
    var headers = binary("Euro%20%E2%82%AC%2520", "text/plain");

    exchange(post(PATH, "hello", headers));
    exchange(post(PATH, new byte[] {(byte) 0xff}, headers));

    assertEquals("Euro €%20", server.log.events.getFirst().userId());
    assertEquals("{\"data\":\"hello\"}", server.log.events.getFirst().properties().toString());
    assertEquals("{\"data_base64\":\"/w==\"}", server.log.events.getLast().properties().toString());
  }

  @Test
  void whatIsNoCloudEventIsA400AndAnotherFormatA415() {
    assertEquals(400, exchange(post(PATH, "{}", KEY, "Content-Type: application/json")).status());
    assertEquals(400, exchange(post(PATH, "{}", KEY, STRUCTURED)).status());
    assertEquals(400, exchange(post(PATH, "{}", KEY, BATCHED)).status());
    var another = exchange(post(PATH, EVENT, KEY, "Content-Type: application/cloudevents+avro"));
    assertEquals(415, another.status());
    assertEquals("unsupported_type", another.code());
  }

  @Test
  void anEventMayHoldSixtyFourKilobytes() {
    var head = EVENT.formatted("e1").replace("}", ",\"data\":{\"x\":\"");

    assertEquals(
        202, exchange(post(PATH, head + "x".repeat(60_000) + "\"}}", KEY, STRUCTURED)).status());
    assertEquals(
        400, exchange(post(PATH, head + "x".repeat(70_000) + "\"}}", KEY, STRUCTURED)).status());
  }

  @Test
  void theDeepestDataCanBeReadInTheLog() {
    var data = "[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX);
    var headers = binary("u1", "application/json");

    assertEquals(202, exchange(post(PATH, data, headers)).status());
    assertEquals(400, exchange(post(PATH, "[" + data + "]", headers)).status());

    var event = server.log.events.getFirst();
    assertEquals("{\"data\":" + data + "}", event.properties().toString());
    assertEquals(event, EventJson.read(EventJson.write(event)));
  }

  @Test
  void anEventOfNobodyIsQuarantined() {
    var response =
        exchange(post(PATH, EVENT.formatted("e1").replace("subject", "other"), KEY, STRUCTURED));

    assertEquals(202, response.status());
    assertTrue(response.body().contains("person_missing"), response.body());
    assertEquals(1, server.log.quarantined.size());
  }

  @Test
  void aSenderThatAsksFirstIsAllowed() {
    try (var wire = server.wire()) {
      wire.send("OPTIONS /v1/cloudevents HTTP/1.1\r\nHost: a\r\nWebHook-Request-Rate: 120\r\n");
      wire.send("WebHook-Request-Origin: eventemitter.example.com\r\n\r\n");
      var response = wire.receive();
      assertEquals(200, response.status());
      assertEquals("eventemitter.example.com", response.header("webhook-allowed-origin"));
      assertEquals("*", response.header("webhook-allowed-rate"));
    }
  }

  private static String[] binary(String subject, String contentType) {
    return new String[] {
      KEY,
      "ce-specversion: 1.0",
      "ce-id: e1",
      "ce-source: /s",
      "ce-type: t",
      "ce-subject: " + subject,
      "Content-Type: " + contentType
    };
  }

  private Wire.Response exchange(byte[] request) {
    try (var wire = server.wire()) {
      return wire.exchange(request);
    }
  }
}

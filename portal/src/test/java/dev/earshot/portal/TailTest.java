package dev.earshot.portal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.stream.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailTest {

  private static final String ADA = "default|u:ada";

  private TestPortal portal;

  @BeforeEach
  void start() {
    portal = new TestPortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void withoutFollowingItEndsWhereTheLogEnds() {
    event(ADA, "Signed Up");
    event("other|u:ada", "Foreign");
    event("default|u:bob", "Left");

    assertEquals(
        List.of("Signed Up", "Left"), names("/api/tail/events?fromBeginning=true&follow=false"));
    assertEquals(
        List.of("Signed Up"), names("/api/tail/events?fromBeginning=true&follow=false&user=ada"));
    assertEquals(
        List.of("Left"), names("/api/tail/events?fromBeginning=true&follow=false&name=Left"));
    assertEquals(List.of(), names("/api/tail/events?follow=false"));
    assertEquals(List.of(), names("/api/tail/facts?fromBeginning=true&follow=false"));
    assertEquals("unknown_topic", portal.get("/api/tail/nothing").code());
    assertEquals("bad_parameter", portal.get("/api/tail/events?follow=perhaps").code());
  }

  @Test
  void aFactOfTheDeepestEventIsFoundByItsName() {
    var deep = "[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX);
    portal
        .log()
        .append(
            Topic.FACTS,
            ADA,
            "heard",
            "{\"event\":{\"name\":\"Dug\",\n\"properties\":{\"data\":" + deep + "}}}");

    var found = portal.get("/api/tail/facts?fromBeginning=true&follow=false&name=Dug").text();

    assertTrue(found.contains("\"data\":" + deep), found);
  }

  @Test
  void aRecordIsOneLineHoweverItWasSent() {
    portal.log().append(Topic.EVENTS, ADA, "event", "{\"name\":\"Signed Up\",\n \"a\":\r\n1}");

    var text = portal.get("/api/tail/events?fromBeginning=true&follow=false").text();

    assertEquals(1, text.lines().count());
    assertEquals(
        Json.parse(
            """
            {"at": "2026-11-20T22:00:00.000Z", "topic": "events", "partition": 0, "offset": 0,
             "key": "default|u:ada", "kind": "event", "value": {"name": "Signed Up", "a": 1}}
            """),
        Json.parse(text));
  }

  @Test
  void keysAreNotShown() {
    portal.log().append(Topic.DEFINITIONS, "default|key|x|1", "key", "{\"kind\":\"key\"}");
    portal.log().append(Topic.DEFINITIONS, "default|journey|x|1", "journey", "{\"name\":\"x\"}");

    assertEquals(List.of("x"), names("/api/tail/definitions?fromBeginning=true&follow=false"));
  }

  @Test
  void whatHappensWhileFollowingIsShownAndLeavingEndsIt() throws IOException {
    try (var socket = follow()) {
      await().until(() -> portal.log().followers() == 1);
      event(ADA, "First");
      event(ADA, "Second");

      var lines = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
      assertTrue(find(lines, "First"));
      assertTrue(find(lines, "Second"));
    }
    await().until(() -> portal.log().followers() == 0);
  }

  @Test
  void aClientThatDoesNotReadHoldsTheReaderAndNotTheMemory() throws IOException {
    int records = 20_000;
    var padding = "x".repeat(2_000);
    for (int i = 0; i < records; i++) {
      event(ADA, padding);
    }
    try (var socket = connect("/api/tail/events?fromBeginning=true")) {
      await().until(() -> portal.log().visits() > 0);
      await().during(Duration.ofMillis(500)).until(this::visitsStandStill);

      assertTrue(portal.log().visits() < records, "stopped at " + portal.log().visits());
      assertTrue(socket.isConnected());
    }
    await().until(() -> portal.log().followers() == 0);
  }

  private int seen;

  private boolean visitsStandStill() {
    int before = seen;
    seen = portal.log().visits();
    return before == seen;
  }

  private Socket follow() throws IOException {
    return connect("/api/tail/events");
  }

  private Socket connect(String path) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), portal.port());
    socket
        .getOutputStream()
        .write(
            ("GET "
                    + path
                    + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + portal.adminKey()
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static boolean find(Scanner lines, String name) {
    while (lines.hasNextLine()) {
      if (lines.nextLine().contains("\"name\":\"" + name + "\"")) {
        return true;
      }
    }
    return false;
  }

  private void event(String key, String name) {
    portal
        .log()
        .append(Topic.EVENTS, key, "event", Json.text(new Fields(Map.of("name", Value.of(name)))));
  }

  private List<String> names(String path) {
    var reply = portal.get(path);
    assertEquals("application/x-ndjson", reply.header("Content-Type"));
    return reply
        .text()
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> ((Fields) Json.parse(line)).at("value.name").shown())
        .toList();
  }
}

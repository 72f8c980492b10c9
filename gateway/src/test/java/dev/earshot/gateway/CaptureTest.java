package dev.earshot.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Whole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replays what real clients have sent, header by header, and looks at what is in the log. */
class CaptureTest {

  private final TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theSegmentNodeClientIsHeard() {
    replay("segment-node-3.1.0");

    assertEquals(
        List.of(
            EventType.IDENTIFY,
            EventType.TRACK,
            EventType.PAGE,
            EventType.SCREEN,
            EventType.GROUP,
            EventType.ALIAS),
        server.log.events.stream().map(Event::type).distinct().toList());
    var order = server.log.events.get(1);
    assertEquals("Order Completed", order.name());
    assertEquals("u1", order.userId());
    assertEquals("{\"total\":12.5,\"currency\":\"EUR\"}", order.properties().toString());
    assertEquals("192.0.2.1", order.context().at("ip").shown());
    assertEquals("Home", server.log.events.get(2).properties().at("name").shown());
  }

  @Test
  void theSegmentBrowserClientIsHeardWithItsPreflights() {
    replay("segment-analytics-next-1.84.3-browser");

    assertTrue(server.log.events.stream().anyMatch(event -> event.type() == EventType.TRACK));
    assertTrue(
        server.log.events.stream()
            .allMatch(event -> event.context().at("ip").shown().equals("127.0.0.1")));
  }

  @Test
  void theSegmentBrowserClientIsHeardInBatches() {
    replay("segment-analytics-next-1.84.3-browser-batching");

    assertTrue(server.log.events.size() > 2, "events: " + server.log.events.size());
  }

  @Test
  void theSegmentJavaClientGivesItsKeyAndContextInTheEnvelope() {
    replay("segment-java-3.5.4");

    assertEquals(2, server.log.events.size());
    var order = server.log.events.get(1);
    assertEquals("analytics-java", order.context().at("library.name").shown());
    // Sent 33 ms after it was stamped, so that long before it was received.
    assertEquals(TestServer.NOW.minusMillis(33), order.occurredAt());
    assertEquals("WK_TEST", order.source());
  }

  @Test
  void theCloudEventsClientIsHeardInBothModes() {
    replay("cloudevents-js-10.0.0-http");

    assertEquals(2, server.log.events.size());
    for (var event : server.log.events) {
      assertEquals("/shop|e1", event.id());
      assertEquals("com.acme.order.completed", event.name());
      assertEquals("u1", event.userId());
      assertEquals("{\"total\":12.5}", event.properties().toString());
      assertEquals(Instant.parse("2026-01-02T03:04:05Z"), event.occurredAt());
    }
  }

  private void replay(String capture) {
    var recorded = Json.parseFields(resource("/captures/" + capture + ".json"));
    try (var wire = server.wire()) {
      for (var exchange : ((Items) recorded.get("exchanges")).items()) {
        var fields = (Fields) exchange;
        var request = (Fields) fields.get("request");
        var response = wire.exchange(bytes(request));
        boolean cloudEvents = capture.startsWith("cloudevents");
        int status = (int) ((Whole) fields.at("response.status")).number();
        assertEquals(cloudEvents ? 202 : status, response.status(), () -> response.toString());
        assertReadable(request, response);
      }
    }
    assertEquals(List.of(), server.log.quarantined);
  }

  private static void assertReadable(Fields request, Wire.Response response) {
    var origin = request.at("headers.origin").shown();
    if (!origin.isEmpty()) {
      assertEquals(origin, response.header("access-control-allow-origin"));
      assertEquals("true", response.header("access-control-allow-credentials"));
    }
  }

  /** The request as it was on the wire; CloudEvents had no key and another path. */
  private static byte[] bytes(Fields request) {
    var body =
        request.get("bodyJson") instanceof Fields json
            ? Json.text(json).getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    boolean cloudEvents = request.get("target").shown().equals("/ce");
    var target = cloudEvents ? "/v1/cloudevents" : request.get("target").shown();
    var head = new StringBuilder(request.get("method").shown() + ' ' + target + " HTTP/1.1\r\n");
    boolean chunked = false;
    for (var header : ((Fields) request.get("headers")).fields().entrySet()) {
      var name = header.getKey();
      chunked |= name.equals("transfer-encoding");
      var value =
          name.equals("content-length")
              ? Value.of(Integer.toString(body.length))
              : header.getValue();
      head.append(name).append(": ").append(value.shown()).append("\r\n");
    }
    head.append(cloudEvents ? "authorization: Bearer WK_TEST\r\n\r\n" : "\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (chunked) {
      bytes.writeBytes(
          (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(body);
      bytes.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } else {
      bytes.writeBytes(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(CaptureTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

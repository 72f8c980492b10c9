package dev.earshot.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.gateway.request.Deadlines;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that hold a connection and do not use it: each of them is let go. */
@Tag("slow")
class SlowClientTest {

  private static final Deadlines SHORT =
      new Deadlines(
          Duration.ofMillis(700),
          Duration.ofMillis(500),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));
  private static final String KEY = "Authorization: Bearer WK_TEST";
  private static final String EVENT =
      """
      {"userId": "ada", "event": "Pricing Viewed"}
      """;
  private static final String HEAD = "POST /v1/track HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n";

  private final TestServer server = new TestServer(TestServer.config(SHORT));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oneThatSaysNothingIsLetGo() {
    try (var wire = server.wire()) {
      assertEquals("", wire.untilClosed());
    }
  }

  @Test
  void oneWhoseHeadersStallIsLetGo() {
    try (var wire = server.wire()) {
      assertEquals("", wire.send("POST /v1/track HTTP/1.1\r\nHos").untilClosed());
    }
  }

  @Test
  void oneWhoseHeadersDripIsLetGo() throws Exception {
    try (var wire = server.wire()) {
      wire.send("POST /v1/track HTTP/1.1\r\nX: ");
      assertEquals("", dripping(wire, "x"));
    }
  }

  @Test
  void oneWhoseBodyStallsGetsA408AndIsLetGo() {
    try (var wire = server.wire()) {
      wire.send(HEAD + "Content-Length: 100\r\n\r\n{");
      assertTrue(wire.untilClosed().startsWith("HTTP/1.1 408 "));
    }
  }

  @Test
  void oneWhoseBodyDripsGetsA408AndIsLetGo() throws Exception {
    try (var wire = server.wire()) {
      wire.send(HEAD + "Content-Length: 100000\r\n\r\n{");
      assertTrue(dripping(wire, " ").startsWith("HTTP/1.1 408 "));
    }
  }

  @Test
  void oneThatAnnouncesTooMuchGetsA413AtOnceAndIsLetGo() {
    try (var wire = server.wire()) {
      wire.send(HEAD + "Content-Length: 5000000\r\n\r\n");
      assertTrue(wire.untilClosed().startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void oneThatKeepsItsConnectionForNothingIsLetGo() {
    try (var wire = server.wire()) {
      assertEquals(200, wire.exchange(Wire.post("/v1/m", "{}")).status());
      assertEquals("", wire.untilClosed());
    }
  }

  @Test
  void oneThatIsOwedAnAnswerIsNotLetGoHoweverLongItTakes() {
    var kept = new CompletableFuture<Void>();
    server.log.answer = () -> kept;
    try (var wire = server.wire()) {
      CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(() -> kept.complete(null));

      assertEquals(200, wire.exchange(Wire.post("/v1/track", EVENT, KEY)).status());
      assertEquals(200, wire.exchange(Wire.post("/v1/m", "{}")).status());
      assertEquals("", wire.untilClosed());
    }
  }

  @Test
  void noneOfThemIsInTheWayOfOthers() {
    try (var slow = server.wire();
        var quick = server.wire()) {
      slow.send(HEAD + "Content-Length: 100\r\n\r\n{");
      assertEquals(200, quick.exchange(Wire.post("/v1/m", "{}")).status());
    }
  }

  /** Sends a drop every 50 ms until the other end closes, and returns what it said. */
  private static String dripping(Wire wire, String drop) throws Exception {
    try (var tap = Executors.newSingleThreadScheduledExecutor()) {
      var _ = tap.scheduleAtFixedRate(() -> wire.trySend(drop), 0, 50, TimeUnit.MILLISECONDS);
      var said = wire.untilClosed();
      tap.shutdownNow();
      return said;
    }
  }
}

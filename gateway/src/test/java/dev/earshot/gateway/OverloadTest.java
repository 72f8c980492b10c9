package dev.earshot.gateway;

import static dev.earshot.gateway.Wire.post;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.gateway.Wire.Response;
import dev.earshot.gateway.key.Pace;
import dev.earshot.gateway.key.Quota;
import dev.earshot.gateway.request.Deadlines;
import dev.earshot.gateway.request.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More than can be taken: it is refused as early as can be known, and costs nobody else. */
class OverloadTest {

  private static final String BASIC = "Authorization: Bearer " + TestServer.WRITE_KEY;
  private static final String OTHER = "Authorization: Bearer " + TestServer.SERVER_KEY;
  private static final String FOREIGN = "Authorization: Bearer WK_FOREIGN";
  private static final String PAGE = "Origin: https://app.example";
  private static final String EVENT = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\"}";
  private static final int MANY = 256;
  private static final Deadlines NO_WAIT =
      new Deadlines(
          Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1));
  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));
  private static final Quota ENDLESS = new Quota(1_000_000, 1_000_000);
  private static final Quota TWO_HUNDRED = new Quota(1, 200);

  /** A batch of a hundred passes once, and is owed for a minute and a half. */
  private static final Quota FIVE = new Quota(1, 5);

  private static final int HELD_MAX = 3;

  /** So many events are no work for an event loop, and as much as two requests. */
  private static final int LARGE = 400;

  private static final int LARGE_WEIGHT = 2;

  /** So many large requests are worked on at a time. */
  private static final int WORKERS = Runtime.getRuntime().availableProcessors();

  /** Two refusals are told at once, and the next ones not before the test is over. */
  private static final Pace AFTER_TWO_IN_A_MINUTE =
      new Pace(2, Duration.ofMinutes(1), Duration.ofHours(1), HELD_MAX);

  private TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRefusedSenderKeepsItsConnection() {
    try (var wire = server.wire()) {
      server.trouble = Optional.of("The log is not keeping up.");
      for (int times = 0; times < 3; times++) {
        var refused = wire.exchange(post("/v1/track", EVENT, BASIC));
        assertRefused(503, "not_ready", refused);
        assertFalse(refused.headers().containsKey("connection"));
      }

      server.trouble = Optional.empty();

      assertEquals(200, wire.exchange(post("/v1/track", EVENT, BASIC)).status());
    }
  }

  @Test
  void aLongBodyIsNotHeardOut() {
    server.trouble = Optional.of("The log is not keeping up.");
    try (var wire = server.wire()) {
      wire.send(head("Content-Length: 100000"));

      var refused = wire.receive();

      assertRefused(503, "not_ready", refused);
      assertEquals("close", refused.header("connection"));
    }
  }

  @Test
  void aBodyForWhichThereIsNoMemoryIsRefusedBeforeItComes() {
    restart(new Limits(500_000, 32_768, 65_536, 2_500, 150, 100, 100), ENDLESS, ENDLESS, ENDLESS);
    var pending = new CompletableFuture<Void>();
    server.log.answer = () -> pending;
    try (var waiting = server.wire();
        var next = server.wire()) {
      waiting.send(post("/v1/track", EVENT + " ".repeat(70), BASIC));
      await().until(() -> server.log.events.size() == 1);

      assertRefused(503, "overloaded", next.send(head("Content-Length: 60")).receive());

      pending.complete(null);
      assertEquals(200, waiting.receive().status());
    }
  }

  @Test
  void memoryIsHeldForWhatCameAndForAFewTimesAsMuchOfWhatWasAnnounced() {
    try (var wire = server.wire()) {
      wire.send(head("Content-Length: 400000")).send(" ".repeat(100));

      await().until(() -> server.bytesInWork() == 800);
    }
    await().until(() -> server.bytesInWork() == 0);
  }

  @Test
  void whereManyWaitTooLongNoneOfThemIsLetIn() {
    restart(NO_WAIT);
    var pending = new CompletableFuture<Void>();
    server.log.answer = () -> pending;
    var crowd = Stream.generate(server::wire).limit(MANY).toList();
    try (var early = server.wire();
        var next = server.wire()) {
      early.send(head("Content-Length: " + (10 + EVENT.length()))).send(" ".repeat(10));
      await().until(() -> server.bytesInWork() > 0);
      crowd.forEach(wire -> wire.send(post("/v1/track", EVENT, BASIC)));
      await().until(() -> server.log.events.size() == MANY);

      assertRefused(503, "overloaded", next.send(head("Content-Length: 60")).receive());
      assertRefused(503, "overloaded", early.send(EVENT).receive());

      pending.complete(null);
      crowd.forEach(wire -> assertEquals(200, wire.receive().status()));
      assertEquals(200, send(1, BASIC).status());
    } finally {
      crowd.forEach(Wire::close);
    }
  }

  @Test
  void whereManyOfAWorkspaceWaitTooLongOthersAreLetIn() {
    restart(NO_WAIT);
    server.definitions.add("foreign", "foreign0", "WK_FOREIGN", "write");
    var pending = new CompletableFuture<Void>();
    server.log.answer = () -> pending;
    var crowd = Stream.generate(server::wire).limit(MANY).toList();
    var quiet = Stream.generate(server::wire).limit(3).toList();
    try (var next = server.wire()) {
      crowd.forEach(wire -> wire.send(post("/v1/track", EVENT, BASIC)));
      await().until(() -> server.log.events.size() == MANY);

      quiet.forEach(wire -> wire.send(post("/v1/track", EVENT, FOREIGN)));
      await().until(() -> server.log.events.size() == MANY + quiet.size());
      assertRefused(503, "overloaded", next.exchange(post("/v1/track", EVENT, BASIC)));
      var keyInBody = EVENT.replace("{", "{\"writeKey\":\"" + TestServer.WRITE_KEY + "\",");
      assertRefused(503, "overloaded", next.exchange(post("/v1/track", keyInBody)));

      pending.complete(null);
      quiet.forEach(wire -> assertEquals(200, wire.receive().status()));
    } finally {
      crowd.forEach(Wire::close);
      quiet.forEach(Wire::close);
    }
  }

  @Test
  void whileLargeRequestsAreWorkedOnSmallOnesAreTaken() {
    restart(PATIENT);
    var working = new CountDownLatch(1);
    keepWorkersUntil(working);
    int many = WORKERS + 1;
    var large = Stream.generate(server::wire).limit(many).toList();
    try {
      large.forEach(wire -> wire.send(post("/v1/batch", batch("", LARGE), BASIC)));
      await().until(() -> server.requestsInWork() == many * LARGE_WEIGHT);

      assertEquals(200, send(1, BASIC).status());

      working.countDown();
      large.forEach(wire -> assertEquals(200, wire.receive().status()));
      assertEquals(1 + many * LARGE, server.log.events.size());
    } finally {
      working.countDown();
      large.forEach(Wire::close);
    }
  }

  @Test
  void whoHangsUpOnAWorkerHoldsWhatItHeldUntilItsTurn() {
    restart(PATIENT);
    var working = new CountDownLatch(1);
    keepWorkersUntil(working);
    int many = WORKERS + 3;
    var large = Stream.generate(server::wire).limit(many).toList();
    try {
      large.forEach(wire -> wire.send(post("/v1/batch", batch("", LARGE), BASIC)));
      await().until(() -> server.requestsInWork() == many * LARGE_WEIGHT);
      await().until(() -> server.log.events.size() == WORKERS * LARGE);
      double held = server.bytesInWork();

      large.forEach(Wire::close);
      await().until(() -> server.requestsOver() == many);

      assertEquals(many * LARGE_WEIGHT, server.requestsInWork());
      assertEquals(held, server.bytesInWork());

      working.countDown();
      await().until(() -> server.requestsInWork() == 0);
      assertEquals(0, server.bytesInWork());
      assertEquals(WORKERS * LARGE, server.log.events.size());
    } finally {
      working.countDown();
      large.forEach(Wire::close);
    }
  }

  @Test
  void aLargeRequestIsRefusedForWhatASmallOneIs() {
    restart(Limits.STANDARD, FIVE, ENDLESS, ENDLESS, AFTER_TWO_IN_A_MINUTE);
    try (var wire = server.wire()) {
      var broken = batch("", LARGE).replace("]}", "");
      assertEquals("malformed", wire.exchange(post("/v1/batch", broken, BASIC)).code());
      var unknown = batch("\"writeKey\":\"WK_NOBODY\",", LARGE);
      assertEquals("unknown_key", wire.exchange(post("/v1/batch", unknown)).code());
      assertEquals(200, wire.exchange(post("/v1/batch", batch("", LARGE), BASIC)).status());
      assertRefused(429, "quota_exceeded", send("\"writeKey\":\"WK_TEST\",", LARGE));
      assertRefused(429, "quota_exceeded", send("\"writeKey\":\"WK_TEST\",", LARGE));

      wire.send(post("/v1/batch", batch("\"writeKey\":\"WK_TEST\",", LARGE)));
      await().until(() -> server.answersHeld() == 1);

      assertEquals(0, server.bytesInWork());
      assertEquals(0, server.requestsInWork());
    }
  }

  @Test
  void whoIsRefusedAgainAndAgainIsToldLateAndNobodyElseIs() {
    restart(Limits.STANDARD, FIVE, ENDLESS, ENDLESS, AFTER_TWO_IN_A_MINUTE);
    server.definitions.add("foreign", "foreign0", "WK_FOREIGN", "write");
    assertEquals(200, send(100, BASIC).status());
    assertRefused(429, "quota_exceeded", send(1, BASIC));
    assertRefused(429, "quota_exceeded", send("\"writeKey\":\"WK_TEST\",", 1));

    try (var byHead = server.wire();
        var byBody = server.wire()) {
      byHead.send(post("/v1/track", EVENT, BASIC));
      byBody.send(post("/v1/batch", batch("\"writeKey\":\"WK_TEST\",", 1)));
      await().until(() -> server.answersHeld() == 2);

      assertEquals(0, server.bytesInWork());
      assertEquals(0, server.requestsInWork());
      assertEquals(200, send(5, FOREIGN).status());
      assertEquals(0, byHead.available());
      assertEquals(0, byBody.available());
    }
    await().until(() -> server.answersHeld() == 0);
  }

  @Test
  void whatIsToldLateIsToldInTheEnd() {
    var soon = new Pace(0, Duration.ofMillis(1), Duration.ofMillis(5), 10);
    restart(Limits.STANDARD, FIVE, ENDLESS, ENDLESS, soon);
    assertEquals(200, send(100, BASIC).status());

    try (var wire = server.wire()) {
      for (int times = 0; times < 10; times++) {
        var refused = wire.exchange(post("/v1/track", EVENT, BASIC));
        assertRefused(429, "quota_exceeded", refused);
        assertFalse(refused.headers().containsKey("connection"));
      }
    }
    await().until(() -> server.answersHeld() == 0);
  }

  @Test
  void whoCannotBeMadeToWaitIsMadeToConnectAgain() {
    restart(Limits.STANDARD, FIVE, ENDLESS, ENDLESS, AFTER_TWO_IN_A_MINUTE);
    assertEquals(200, send(100, BASIC).status());
    var flood = Stream.generate(server::wire).limit(2 + HELD_MAX).toList();
    try (var next = server.wire()) {
      flood.forEach(wire -> wire.send(post("/v1/track", EVENT, BASIC)));
      await().until(() -> server.answersHeld() == HELD_MAX);

      var refused = next.exchange(post("/v1/track", EVENT, BASIC));

      assertRefused(429, "quota_exceeded", refused);
      assertEquals("close", refused.header("connection"));
      assertEquals("", next.untilClosed());
    } finally {
      flood.forEach(Wire::close);
    }
  }

  @Test
  void whoHasUsedUpAQuotaIsRefusedBeforeTheBodyComes() {
    restart(Limits.STANDARD, ENDLESS, FIVE, ENDLESS);
    assertEquals(200, send(100, BASIC).status());

    try (var wire = server.wire()) {
      assertRefused(429, "quota_exceeded", wire.send(head("Content-Length: 60")).receive());
    }
  }

  @Test
  void aNoisyKeyLeavesTheOtherKeysOfItsWorkspaceTheirs() {
    restart(Limits.STANDARD, TWO_HUNDRED, FIVE, ENDLESS);

    assertEquals(200, send(100, BASIC).status());
    for (int times = 0; times < 10; times++) {
      assertRefused(429, "quota_exceeded", send(5, BASIC));
    }

    assertEquals(200, send(100, OTHER).status());
  }

  @Test
  void allKeysOfAWorkspaceTogetherHaveAQuotaAndOtherWorkspacesTheirOwn() {
    restart(Limits.STANDARD, FIVE, ENDLESS, ENDLESS);
    server.definitions.add("foreign", "foreign0", "WK_FOREIGN", "write");

    assertEquals(200, send(100, BASIC).status());
    var refused = send(5, OTHER);

    assertRefused(429, "quota_exceeded", refused);
    assertTrue(refused.body().contains("The workspace's keys together send too much."));
    assertEquals(200, send(5, FOREIGN).status());
  }

  @Test
  void whatTheWorkspaceRefusesIsNotTakenFromTheKey() {
    restart(Limits.STANDARD, FIVE, FIVE, ENDLESS);
    assertEquals(200, send(100, OTHER).status());

    for (int times = 0; times < 2; times++) {
      var refused = send("\"writeKey\":\"" + TestServer.WRITE_KEY + "\",", 100);

      assertRefused(429, "quota_exceeded", refused);
      assertTrue(refused.body().contains("The workspace's keys together send too much."));
    }
  }

  @Test
  void aNoisyBrowserLeavesOthersWithItsKeyTheirs() {
    restart(Limits.STANDARD, ENDLESS, TWO_HUNDRED, FIVE);

    assertEquals(200, send(100, BASIC, PAGE).status());
    for (int times = 0; times < 10; times++) {
      assertRefused(429, "quota_exceeded", send(5, BASIC, PAGE));
    }

    assertEquals(200, send(100, BASIC).status());
  }

  /** Whichever worker appends to the log waits there. */
  private void keepWorkersUntil(CountDownLatch working) {
    server.log.answer =
        () -> {
          if (Thread.currentThread().getName().startsWith("earshot-admission")) {
            try {
              working.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          return CompletableFuture.completedFuture(null);
        };
  }

  private static void assertRefused(int status, String code, Response response) {
    assertEquals(status, response.status());
    assertEquals(code, response.code());
    assertTrue(Integer.parseInt(response.header("retry-after")) > 0);
  }

  private Response send(int events, String... headers) {
    return send("", events, headers);
  }

  private Response send(String members, int events, String... headers) {
    try (var wire = server.wire()) {
      return wire.exchange(post("/v1/batch", batch(members, events), headers));
    }
  }

  private static String batch(String members, int events) {
    return "{"
        + members
        + "\"batch\":["
        + String.join(",", Collections.nCopies(events, EVENT))
        + "]}";
  }

  private static String head(String length) {
    return "POST /v1/track HTTP/1.1\r\nHost: a\r\n" + BASIC + "\r\n" + length + "\r\n\r\n";
  }

  private void restart(Deadlines deadlines) {
    server.close();
    server = new TestServer(TestServer.config(deadlines));
  }

  private void restart(Limits limits, Quota workspace, Quota key, Quota browser) {
    restart(limits, workspace, key, browser, Pace.STANDARD);
  }

  private void restart(Limits limits, Quota workspace, Quota key, Quota browser, Pace refusals) {
    server.close();
    server =
        new TestServer(
            new GatewayConfig(
                limits, Deadlines.STANDARD, workspace, key, browser, refusals, List.of(), "os"));
  }
}

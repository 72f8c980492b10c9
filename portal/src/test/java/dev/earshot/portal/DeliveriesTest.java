package dev.earshot.portal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.Waiting;
import dev.earshot.engine.delivery.PastAttempt;
import dev.earshot.engine.delivery.Progress;
import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.portal.MemoryDeliveries.Ordered;
import dev.earshot.portal.TestPortal.Reply;
import dev.earshot.portal.key.KeyRole;
import dev.earshot.stream.Topic;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

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
  void theDeadAreListedNewestFirstAndPageByPage() {
    for (int i = 1; i <= 5; i++) {
      portal.deliveries().put(dead("d" + i, "crm", "503 Service Unavailable", i));
    }
    portal.deliveries().put(waiting("w1"));

    var first = portal.get("/api/deliveries?state=dead&limit=2");
    var second = portal.get("/api/deliveries?state=dead&limit=2&after=" + first.at("next").shown());
    var third = portal.get("/api/deliveries?state=dead&limit=2&after=" + second.at("next").shown());

    assertEquals(List.of("d5", "d4"), ids(first));
    assertEquals(List.of("d3", "d2"), ids(second));
    assertEquals(List.of("d1"), ids(third));
    assertEquals(Value.Nothing.NOTHING, third.at("next"));
    assertEquals(
        List.of(5L, 5L, 5L), Stream.of(first, second, third).map(DeliveriesTest::count).toList());
  }

  @Test
  void aListCanBeNarrowed() {
    portal.deliveries().put(dead("a", "crm", "503 Service Unavailable", 1));
    portal.deliveries().put(dead("b", "billing", "404 Not Found", 2));
    portal.deliveries().put(waiting("c"));

    assertEquals(List.of("a"), ids(portal.get("/api/deliveries?destination=crm&state=dead")));
    assertEquals(List.of("b"), ids(portal.get("/api/deliveries?reason=404")));
    assertEquals(List.of("c"), ids(portal.get("/api/deliveries?state=waiting")));
    assertEquals(List.of(), ids(portal.get("/api/deliveries?journey=other")));
    assertEquals(400, portal.get("/api/deliveries?state=lost").status());
    assertEquals(400, portal.get("/api/deliveries?limit=0").status());
    assertEquals(400, portal.get("/api/deliveries?after=x").status());
  }

  @Test
  void aDeliveryIsShownWithEveryAttempt() {
    portal.deliveries().put(dead("a/b|c:d", "crm", "gave up", 1));

    var reply = portal.get("/api/deliveries/a%2Fb%7Cc%3Ad");

    assertEquals("dead", reply.at("state").shown());
    assertEquals("gave up", reply.at("reason").shown());
    assertEquals("default|u:ada", reply.at("subject").shown());
    assertEquals(
        Json.parse(
            """
            [{"number": 1, "at": "2026-11-20T12:00:00.000Z", "endedAt": "2026-11-20T12:00:01.000Z",
              "counted": true, "outcome": "deferred: gave up"}]
            """),
        reply.at("attempts"));
  }

  @Test
  void aDeliveryThatEndedIsShownFromTheLog() {
    portal
        .log()
        .append(
            Topic.ATTEMPTS,
            "default|u:ada",
            "attempt",
            "{\"kind\":\"attempt\",\"number\":2,\"delivery\":{\"id\":\"d1\",\"journey\":\"j\"}}");
    outcome("deferred", 1);
    outcome("accepted", 2);

    var reply = portal.get("/api/deliveries/d1");

    assertEquals("delivered", reply.at("state").shown());
    assertEquals("j", reply.at("journey").shown());
    assertEquals(
        List.of("1 deferred", "2 accepted"),
        items(reply.at("attempts")).stream()
            .map(attempt -> attempt.get("number").shown() + " " + attempt.get("outcome").shown())
            .toList());
    assertEquals(404, portal.get("/api/deliveries/d2").status());
  }

  @Test
  void aDeadDeliveryIsRedrivenOnce() {
    portal.deliveries().put(dead("d1", "crm", "503", 1));

    var reply = portal.post("/api/deliveries/d1/redrive", Fields.EMPTY);
    var again = portal.post("/api/deliveries/d1/redrive", Fields.EMPTY);
    var discard = portal.post("/api/deliveries/d1/discard", Fields.EMPTY);

    assertEquals(202, reply.status());
    assertEquals(409, again.status());
    assertEquals("already_ordered", again.code());
    assertEquals(409, discard.status());
    assertEquals(
        List.of(
            new Ordered(
                Subject.user("default", "ada"),
                new Redriven("d1", "key:" + portal.adminKey().substring(3, 11)))),
        portal.deliveries().orders());
  }

  @Test
  void aDeliveryThatDiesAgainMayBeRedrivenAgain() {
    portal.deliveries().put(dead("d1", "crm", "503", 1));
    portal.post("/api/deliveries/d1/redrive", Fields.EMPTY);
    portal.deliveries().put(dead("d1", "crm", "503", 2));

    assertEquals(202, portal.post("/api/deliveries/d1/redrive", Fields.EMPTY).status());
  }

  @Test
  void onlyADeadDeliveryTakesOrders() {
    portal.deliveries().put(waiting("w1"));

    assertEquals("not_dead", portal.post("/api/deliveries/w1/redrive", Fields.EMPTY).code());
    assertEquals(404, portal.post("/api/deliveries/x/discard", Fields.EMPTY).status());
    assertEquals(List.of(), portal.deliveries().orders());
  }

  @Test
  void aFilterRedrivesTheOldestFirstAndADryRunOnlyCounts() {
    portal.deliveries().put(dead("new", "crm", "503", 9));
    portal.deliveries().put(dead("old", "crm", "503", 1));
    portal.deliveries().put(dead("other", "billing", "503", 1));

    var dry = redriveMany("{\"destination\":\"crm\",\"dryRun\":true}");
    assertEquals(Value.of(2), dry.at("count"));
    assertEquals(List.of(), portal.deliveries().orders());

    var reply = redriveMany("{\"destination\":\"crm\",\"perSecond\":1000}");
    assertEquals(202, reply.status());
    assertEquals(Value.of(2), reply.at("count"));
    await().until(() -> portal.get("/api/deliveries/order").at("running").equals(Value.of(false)));
    assertEquals(
        List.of("old", "new"),
        portal.deliveries().orders().stream().map(one -> one.order().deliveryId()).toList());
    assertEquals(Value.of(2), portal.get("/api/deliveries/order").at("done"));
  }

  @Test
  void oneOrderAboutManyRunsAtATime() {
    for (int i = 0; i < 50; i++) {
      portal.deliveries().put(dead("d" + i, "crm", "503", i));
    }

    assertEquals(202, redriveMany("{\"perSecond\":1}").status());
    var second = redriveMany("{\"perSecond\":1}");

    assertEquals(409, second.status());
    assertEquals("order_running", second.code());
    assertTrue(portal.deliveries().orders().size() < 50, "no faster than asked");
  }

  @Test
  void theDeadCanBeDiscarded() {
    portal.deliveries().put(dead("d1", "crm", "503", 1));

    assertEquals(202, portal.post("/api/deliveries/discard", Fields.EMPTY).status());

    await()
        .untilAsserted(() ->
            assertEquals(
                List.of(new Discarded("d1", "key:" + portal.adminKey().substring(3, 11))),
                portal.deliveries().orders().stream().map(Ordered::order).toList()));
  }

  @Test
  void anotherWorkspaceCannotTouchOurs() {
    portal.deliveries().put(dead("d1", "crm", "503", 1));
    var foreign = portal.key("other", KeyRole.ADMIN);

    var list =
        portal.send(
            portal.request("/api/deliveries").header("Authorization", "Bearer " + foreign).GET());
    var redrive =
        portal.send(
            portal
                .request("/api/deliveries/d1/redrive")
                .header("Authorization", "Bearer " + foreign)
                .POST(BodyPublishers.noBody()));

    assertEquals(List.of(), ids(list));
    assertEquals(404, redrive.status());
    assertEquals(List.of(), portal.deliveries().orders());
  }

  private Reply redriveMany(String request) {
    return portal.post("/api/deliveries/redrive", Json.parse(request));
  }

  private void outcome(String result, int attempt) {
    portal
        .log()
        .append(
            Topic.OUTCOMES,
            "default|u:ada",
            "outcome",
            "{\"kind\":\"outcome\",\"deliveryId\":\"d1\",\"attempt\":"
                + attempt
                + ",\"result\":\""
                + result
                + "\"}");
  }

  private static Dead dead(String id, String destination, String reason, int minute) {
    var attempt = new PastAttempt(1, NOON, NOON.plusSeconds(1), true, "deferred: " + reason);
    var progress = new Progress(delivery(id, destination), 0, 1, 1, List.of(attempt));
    return new Dead(progress, reason, NOON.plus(Duration.ofMinutes(minute)));
  }

  private static Waiting waiting(String id) {
    var progress = new Progress(delivery(id, "crm"), 0, 1, 1, List.of());
    return new Waiting(progress, "timeout", NOON.plusSeconds(60));
  }

  private static Delivery delivery(String id, String destination) {
    return new Delivery(
        id,
        Subject.user(TestPortal.WORKSPACE, "ada"),
        "webhook",
        destination,
        null,
        0,
        "third-visit",
        1,
        "run-1",
        "steps[0]",
        Fields.EMPTY,
        NOON,
        NOON.plus(Duration.ofDays(1)));
  }

  private static long count(Reply reply) {
    return reply.at("count") instanceof Value.Whole(var count) ? count : -1;
  }

  private static List<String> ids(Reply reply) {
    return items(reply.at("deliveries")).stream().map(one -> one.get("id").shown()).toList();
  }

  private static List<Fields> items(Value value) {
    return value instanceof Items(var items)
        ? items.stream().map(Fields.class::cast).toList()
        : List.of();
  }
}

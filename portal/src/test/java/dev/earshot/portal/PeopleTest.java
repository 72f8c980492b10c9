package dev.earshot.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.engine.audience.Activity;
import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.audience.Profile;
import dev.earshot.engine.audience.Profile.Membership;
import dev.earshot.engine.journey.Progress;
import dev.earshot.engine.journey.UserState.MovedTo;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Json;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.portal.key.KeyRole;
import dev.earshot.stream.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeopleTest {

  private static final Subject ADA = Subject.user(TestPortal.WORKSPACE, "ada");
  private static final Subject VISITOR = Subject.anonymous(TestPortal.WORKSPACE, "anon/1");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private TestPortal portal;

  @BeforeEach
  void start() {
    portal = new TestPortal();
    var traits = new Fields(Map.of("plan", Value.of("free")));
    var account = new Membership("acme", Properties.of(new Fields(Map.of())));
    var did = Metrics.EMPTY.with("Signed Up", Metric.NONE.happenedAt(NOON.toEpochMilli(), 10));
    portal
        .people()
        .put(
            ADA,
            new Person(
                ADA,
                new Profile(Properties.of(traits), NOON, List.of(account)),
                Activity.startingAt(NOON).with(did, Metrics.EMPTY),
                Progress.NONE,
                List.of("anon/1"),
                0));
    portal.people().put(VISITOR, new MovedTo(VISITOR, ADA));
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void aPersonIsShownWithEverythingThatIsKnown() {
    assertEquals(
        Json.parse(
            """
            {"id": "ada", "kind": "user", "key": "default|u:ada",
             "firstSeenAt": "2026-11-20T12:00:00.000Z", "lastSeenAt": "2026-11-20T12:00:00.000Z",
             "profile": {"plan": "free"}, "accounts": [{"id": "acme", "traits": {}}],
             "metrics": [{"event": "Signed Up", "count": 1, "firstAt": "2026-11-20T12:00:00.000Z",
                          "lastAt": "2026-11-20T12:00:00.000Z"}],
             "runs": [], "visits": [], "messages": [], "anonymousIds": ["anon/1"], "dropped": 0}
            """),
        portal.get("/api/people/ada").json());
  }

  @Test
  void aVisitorWhoTurnedOutToBeAUserIsThatUser() {
    assertEquals("ada", portal.get("/api/people/anon%2F1").at("id").shown());
  }

  @Test
  void nobodyIsKnownUnderAnotherIdOrInAnotherWorkspace() {
    var foreign = portal.key("other", KeyRole.ADMIN);

    assertEquals(404, portal.get("/api/people/bob").status());
    for (var path : List.of("", "/timeline", "/decisions")) {
      var reply =
          portal.send(
              portal
                  .request("/api/people/ada" + path)
                  .header("Authorization", "Bearer " + foreign)
                  .GET());
      assertEquals("unknown_person", reply.code());
    }
  }

  @Test
  void theTimelineIsNewestFirstAndHoldsWhatTheVisitorDid() {
    fact(VISITOR, "Visited");
    fact(Subject.user(TestPortal.WORKSPACE, "bob"), "Left");
    fact(ADA, "Signed Up");

    var entries = items(portal.get("/api/people/ada/timeline?limit=5").at("entries"));

    assertEquals(
        List.of("default|u:ada Signed Up", "default|a:anon/1 Visited"),
        entries.stream()
            .map(entry -> entry.get("key").shown() + " " + entry.at("value.name").shown())
            .toList());
    assertEquals(1, items(portal.get("/api/people/ada/timeline?limit=1").at("entries")).size());
  }

  @Test
  void decisionsAreThoseOfTheJourneyThatWasAskedFor() {
    decision("welcome", "entered");
    decision("case-study", "not-entered");

    var all = items(portal.get("/api/people/ada/decisions").at("decisions"));
    var one = items(portal.get("/api/people/ada/decisions?journey=welcome").at("decisions"));

    assertEquals(
        List.of("not-entered", "entered"),
        all.stream().map(decision -> decision.get("verdict").shown()).toList());
    assertEquals(
        List.of("entered"), one.stream().map(decision -> decision.get("verdict").shown()).toList());
  }

  @Test
  void theMailboxShowsMailWholeOnlyOneByOne() {
    mail("m1", "ada@example.com");
    mail("m2", "bob@example.com");

    var all = items(portal.get("/api/mailbox").at("mails"));
    var hers = items(portal.get("/api/mailbox?to=ada%40example.com").at("mails"));
    var one = portal.get("/api/mailbox/m1");

    assertEquals(List.of("m2", "m1"), all.stream().map(mail -> mail.get("id").shown()).toList());
    assertEquals(List.of("m1"), hers.stream().map(mail -> mail.get("id").shown()).toList());
    assertEquals(Value.Nothing.NOTHING, hers.getFirst().get("html"));
    assertEquals("<p>Hi</p>", one.at("html").shown());
    assertEquals("unknown_mail", portal.get("/api/mailbox/m3").code());
  }

  private void fact(Subject subject, String name) {
    portal
        .log()
        .append(
            Topic.FACTS,
            subject.key(),
            "made",
            "{\"kind\":\"made\",\"name\":\"" + name + "\",\"properties\":{}}");
  }

  private void decision(String journey, String verdict) {
    portal
        .log()
        .append(
            Topic.DECISIONS,
            ADA.key(),
            "decision",
            "{\"journey\":\"" + journey + "\",\"verdict\":\"" + verdict + "\"}");
  }

  private void mail(String id, String to) {
    portal
        .log()
        .append(
            Topic.MAILBOX,
            ADA.key(),
            "mail",
            "{\"kind\":\"mail\",\"id\":\""
                + id
                + "\",\"to\":\""
                + to
                + "\",\"html\":\"<p>Hi</p>\"}");
  }

  private static List<Fields> items(Value value) {
    return value instanceof Items(var items)
        ? items.stream().map(Fields.class::cast).toList()
        : List.of();
  }
}

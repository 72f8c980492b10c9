package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.VISITOR;
import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.json;
import static dev.earshot.engine.journey.Given.rules;
import static dev.earshot.engine.journey.Given.track;
import static dev.earshot.engine.journey.Given.visitorTrack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.audience.Profile.Membership;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private static final String AFTER_A_DAY =
      """
      {'trigger': {'event': 'Pricing Viewed'},
       'steps': [{'wait': '1d'}, {'send': {'channel': 'email', 'template': 't'}}]}
      """;

  @Test
  void whatAVisitorDidCountsForTheUserItTurnsOutToBe() {
    var world = new World(Rules.EMPTY);
    world.happens(visitorTrack("v1", "Pricing Viewed"));
    world.passes(Duration.ofHours(1));
    world.happens(track("a1", "Pricing Viewed"));

    world.happens(signIn("s1", "ada", "visitor-1"));

    assertEquals(new UserState.MovedTo(VISITOR, ADA), world.state(VISITOR));
    assertEquals(List.of("visitor-1"), world.person(ADA).anonymousIds());
    var metric = world.person(ADA).activity().events().get("Pricing Viewed");
    assertEquals(2, metric.count());
    assertEquals(World.START.toEpochMilli(), metric.firstMillis());
    assertTrue(UserMachineTest.names(world).contains("User Merged"));
  }

  @Test
  void laterEventsOfTheVisitorAreFactsOfTheUser() {
    var world = new World(Rules.EMPTY);
    world.happens(signIn("s1", "ada", "visitor-1"));

    world.happens(visitorTrack("v1", "Pricing Viewed"));

    assertEquals(ADA, world.facts.getLast().subject());
    assertEquals(1, world.person(ADA).activity().events().get("Pricing Viewed").count());
  }

  @Test
  void aRunMovesToTheUserWithItsTimer() {
    var world = new World(rules(journey("later", 1, AFTER_A_DAY)));
    world.happens(visitorTrack("v1", "Pricing Viewed"));
    var run = world.person(VISITOR).progress().runs().getFirst();

    world.happens(signIn("s1", "ada", "visitor-1"));

    assertEquals(Map.of(), world.timers(VISITOR));
    assertEquals(List.of(run), world.person(ADA).progress().runs());
    world.passes(Duration.ofDays(1));
    assertEquals(List.of(ADA), world.deliveries.stream().map(it -> it.subject()).toList());
  }

  @Test
  void aRunEndsWhenTheUserIsInTheSameJourney() {
    var world = new World(rules(journey("later", 1, AFTER_A_DAY)));
    world.happens(visitorTrack("v1", "Pricing Viewed"));
    world.happens(track("a1", "Pricing Viewed"));

    world.happens(signIn("s1", "ada", "visitor-1"));
    world.passes(Duration.ofDays(2));

    assertEquals(1, world.deliveries.size());
    assertEquals(Decision.Verdict.EXITED, world.decisions.get(2).verdict());
  }

  @Test
  void idsThatAreNobodysLinkNobody() {
    var world = new World(Rules.EMPTY);

    for (var junk :
        List.of("null", "undefined", "0", "00000000-0000-0000-0000-000000000000", "N/A", "nil")) {
      world.happens(signIn("s-" + junk, "ada", junk));
      assertEquals(
          UserState.Unknown.UNKNOWN, world.state(Subject.anonymous(World.WORKSPACE, junk)), junk);
    }
    world.happens(signIn("s1", "undefined", "visitor-1"));

    assertEquals(List.of(), world.person(ADA).anonymousIds());
    assertEquals(UserState.Unknown.UNKNOWN, world.state(VISITOR));
  }

  @Test
  void aUserHasALimitedNumberOfVisitors() {
    var world = new World(Rules.EMPTY);

    for (int visitor = 0; visitor <= Identity.ANONYMOUS_IDS_MAX; visitor++) {
      world.happens(signIn("s" + visitor, "ada", "v" + visitor));
    }

    assertEquals(Identity.ANONYMOUS_IDS_MAX, world.person(ADA).anonymousIds().size());
    assertEquals(1, world.person(ADA).dropped());
  }

  @Test
  void anAliasMovesTheFormerUser() {
    var world = new World(Rules.EMPTY);
    world.happens(Given.identify("i1", "{'plan': 'free'}"));

    world.happens(Given.alias("x1", "countess", "ada"));

    var countess = Subject.user(World.WORKSPACE, "countess");
    assertEquals(new UserState.MovedTo(ADA, countess), world.state(ADA));
    assertEquals(json("{'plan': 'free'}"), world.person(countess).profile().traits().fields());
  }

  /** What the gateway makes of an alias that came with a public key. */
  @Test
  void anAliasOfAVisitorLeavesTheUserOfThatNameAlone() {
    var world = new World(Rules.EMPTY);
    world.happens(Given.identify("i1", "{'plan': 'free'}"));
    var ada = world.state(ADA);

    world.happens(Given.of("x1", EventType.ALIAS, "User Aliased", "mallory", "ada", "{}"));

    var mallory = Subject.user(World.WORKSPACE, "mallory");
    assertEquals(ada, world.state(ADA));
    assertEquals(Properties.EMPTY, world.person(mallory).profile().traits());
    assertEquals(List.of("ada"), world.person(mallory).anonymousIds());
  }

  @Test
  void usersAliasedInACircleDoNotGoRoundForever() {
    var world = new World(Rules.EMPTY);
    for (var pair : List.of("a>b", "b>c", "c>a", "a>c", "b>a")) {
      world.happens(Given.alias(pair, pair.substring(2), pair.substring(0, 1)));
    }

    world.happens(Given.of("e1", EventType.TRACK, "Signed Up", "a", null, "{}"));

    assertEquals(1, UserMachineTest.names(world).stream().filter("Signed Up"::equals).count());
  }

  @Test
  void anAccountTellsItsMembersWhatItIs() {
    var world = new World(Rules.EMPTY);
    world.happens(Given.group("g1", "ada", "acme", "{'plan': 'free'}"));
    world.happens(Given.group("g2", "bob", "acme", "{'employees': 60}"));

    var acme = new Membership("acme", Properties.of(json("{'plan': 'free', 'employees': 60}")));
    assertEquals(List.of(acme), world.person(ADA).profile().accounts());
    assertEquals(
        List.of(acme), world.person(Subject.user(World.WORKSPACE, "bob")).profile().accounts());
  }

  @Test
  void anAccountTellsALimitedNumberOfMembers() {
    var world = new World(Rules.EMPTY);
    for (int member = 0; member < Accounts.MEMBERS_MAX + 2; member++) {
      world.happens(Given.group("g" + member, "u" + member, "acme", "{}"));
    }

    var account =
        assertInstanceOf(
            UserState.Account.class, world.state(Subject.account(World.WORKSPACE, "acme")));
    assertEquals(Accounts.MEMBERS_MAX, account.members().size());
    assertEquals(2, account.untold());
  }

  private static Event signIn(String id, String user, String visitor) {
    return Given.of(id, EventType.IDENTIFY, "User Identified", user, visitor, "{}");
  }
}

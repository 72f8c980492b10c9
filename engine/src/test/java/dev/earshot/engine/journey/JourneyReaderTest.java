package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.journey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.audience.Comparison;
import dev.earshot.engine.audience.Comparison.Operator;
import dev.earshot.engine.audience.Condition;
import dev.earshot.engine.audience.Condition.Bound;
import dev.earshot.engine.audience.Condition.Did;
import dev.earshot.engine.audience.MetricKey;
import dev.earshot.engine.definition.Problem;
import dev.earshot.engine.journey.Journey.Cap;
import dev.earshot.engine.journey.Journey.Goal;
import dev.earshot.engine.journey.Journey.Reentry;
import dev.earshot.engine.journey.JourneyReader.Reading;
import dev.earshot.event.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JourneyReaderTest {

  private static final String WHOLE =
      """
      {'kind': 'journey', 'id': 'case-study', 'name': 'Case study',
       'trigger': {'did': 'Pricing Viewed', 'at-least': 3, 'within': '24h',
                   'where': {'property': 'plan', 'is': 'pro'}},
       'condition': {'all': [{'trait': 'plan', 'is': 'free'},
                             {'account': 'employees', 'at-least': 50, 'less-than': 500}]},
       'steps': [
         {'send': {'channel': 'email', 'template': 'case-study'}},
         {'wait-for': {'event': 'Replied', 'within': '3d'},
          'then': [{'wait': '1h'}],
          'otherwise': [{'send': {'channel': 'webhook', 'destination': 'crm'}}, {'wait': '2h'}]},
         {'branch': {'if': {'not': {'first': 'Replied'}}, 'then': [{'wait': '5m'}]}}],
       'exit': {'event': 'Subscription Started'},
       'goal': {'event': 'Subscription Started', 'within': '14d'},
       'reentry': '30d',
       'cap': {'messages': 3, 'within': '7d'}}
      """;

  @Test
  void aWholeJourneyIsReadIntoAFlatList() {
    var pro = new Comparison(Operator.IS, Value.of("pro"));
    var isPro = Optional.<Condition>of(new Condition.Property("plan", pro));
    var day = Duration.ofDays(1);

    var journey = valid(WHOLE);

    assertEquals(
        new Trigger.Counted(
            new Did(MetricKey.of("Pricing Viewed", isPro, 3), Bound.AT_LEAST, 3, Optional.of(day))),
        journey.trigger());
    var notReplied = new Condition.Not(new Condition.First("Replied"));
    assertEquals(
        List.of(
            new Node.Send("steps[0]", "email", "email", "case-study", day, 1),
            new Node.WaitFor(
                "steps[1]", new EventFilter("Replied", Optional.empty()), Duration.ofDays(3), 2, 3),
            new Node.Wait("steps[1].then[0]", Duration.ofHours(1), 5),
            new Node.Send("steps[1].otherwise[0]", "webhook", "crm", null, day, 4),
            new Node.Wait("steps[1].otherwise[1]", Duration.ofHours(2), 5),
            new Node.Branch("steps[2]", notReplied, 6, 7),
            new Node.Wait("steps[2].branch.then[0]", Duration.ofMinutes(5), 7)),
        journey.nodes());
    var subscribed = new EventFilter("Subscription Started", Optional.empty());
    assertEquals(Optional.of(subscribed), journey.exit());
    assertEquals(
        Optional.of(new Goal(subscribed, Optional.of(Duration.ofDays(14)))), journey.goal());
    assertEquals(new Reentry.After(Duration.ofDays(30)), journey.reentry());
    assertEquals(Optional.of(new Cap(3, Duration.ofDays(7))), journey.cap());
  }

  @Test
  void everyProblemIsToldAtOnce() {
    var problems =
        problems(
            """
            {'triger': {'event': 'X'},
             'trigger': {'event': 'X', 'wher': {}},
             'steps': [{'send': {'chanel': 'email', 'template': 't'}},
                       {'wait': '2 days'},
                       {'sleep': '1d'},
                       {'wait-for': {'event': 'Y'}, 'otherwise': [{'wait': '400d'}]}],
             'cap': {'messages': 0}}
            """);

    assertEquals(
        List.of(
            new Problem("trigger.wher", "a known member; is \"where\" meant?", "\"wher\""),
            new Problem("steps[0].send.channel", "a text", "nothing"),
            new Problem("steps[0].send.destination", "a text", "nothing"),
            new Problem(
                "steps[0].send.chanel", "a known member; is \"channel\" meant?", "\"chanel\""),
            new Problem(
                "steps[1].wait",
                "a duration such as 30s, 15m, 24h or 7d, of at most 365 days",
                "\"2 days\""),
            new Problem("steps[2]", "one of send, wait, wait-for, branch", "{\"sleep\":\"1d\"}"),
            new Problem("steps[2].sleep", "one of send, wait, wait-for, branch", "\"sleep\""),
            new Problem("steps[3].wait-for.within", "a duration such as 3d", "nothing"),
            new Problem(
                "steps[3].otherwise[0].wait",
                "a duration such as 30s, 15m, 24h or 7d, of at most 365 days",
                "\"400d\""),
            new Problem("cap.within", "a duration such as 7d", "nothing"),
            new Problem("cap.messages", "a whole number from 1 to 100", "0"),
            new Problem("triger", "a known member; is \"trigger\" meant?", "\"triger\"")),
        problems);
  }

  @Test
  void aJourneyHasATriggerAndSteps() {
    assertEquals(
        List.of(
            new Problem("trigger", "an object", "nothing"),
            new Problem("steps", "a list of steps", "nothing")),
        problems("{}"));
    assertEquals(
        List.of(new Problem("steps", "a list of 1 to 50", "[]")),
        problems("{'trigger': {'event': 'X'}, 'steps': []}"));
  }

  @Test
  void conditionsHaveLimits() {
    assertProblem(
        "condition.at-least", "{'did': 'X', 'at-least': 101}", "a whole number from 1 to 100");
    assertProblem(
        "condition.within",
        "{'did': 'X', 'within': '91d'}",
        "a duration such as 30s, 15m, 24h or 7d, of at most 90 days");
    assertProblem(
        "condition",
        "{'did': 'X', 'at-least': 1, 'exactly': 1}",
        "only one of at-least, at-most and exactly");
    assertProblem(
        "condition.not.not.not.not.not.not.not.not",
        "{'not': ".repeat(8) + "{'trait': 'a', 'exists': true}" + "}".repeat(8),
        "at most 8 conditions inside one another");
    assertProblem("condition.all", "{'all': []}", "a list of 1 to 50");
    assertProblem(
        "condition.one-of", "{'trait': 'a', 'one-of': 'b'}", "a list of texts or numbers");
    assertProblem("condition.exists", "{'trait': 'a', 'exists': 1}", "true or false");
  }

  @Test
  void aFilterSeesNothingButTheEvent() {
    assertEquals(
        List.of("one of all, any, not, property"),
        problems(
                """
                {'trigger': {'event': 'X', 'where': {'trait': 'plan', 'is': 'free'}},
                 'steps': [{'wait': '1d'}]}
                """)
            .stream()
            .map(Problem::expected)
            .toList());
  }

  @Test
  void stepsHaveALimitInNumberAndDepth() {
    var wide = "{'trigger': {'event': 'X'}, 'steps': [" + "{'wait': '1d'}, ".repeat(30);
    var tooMany =
        wide
            + "{'wait-for': {'event': 'Y', 'within': '1d'}, 'then': ["
            + "{'wait': '1d'}, ".repeat(30)
            + "{'wait': '1d'}]}]}";
    assertEquals(
        List.of("at most 50 steps, those inside steps included"),
        problems(tooMany).stream().map(Problem::expected).toList());

    var deep = "{'trigger': {'event': 'X'}, 'steps': [";
    var open = "{'branch': {'if': {'trait': 'a', 'exists': true}, 'then': [";
    var tooDeep = deep + open.repeat(8) + "{'wait': '1d'}" + "]}}".repeat(8) + "]}";
    assertEquals(
        List.of("at most 8 steps inside one another"),
        problems(tooDeep).stream().map(Problem::expected).toList());
  }

  private static Journey valid(String body) {
    var reading = JourneyReader.read(journey("j", 1, body));
    return assertInstanceOf(Reading.Valid.class, reading, reading.toString()).journey();
  }

  private static List<Problem> problems(String body) {
    var reading = JourneyReader.read(journey("j", 1, body));
    return assertInstanceOf(Reading.Invalid.class, reading).problems();
  }

  private static void assertProblem(String path, String condition, String expected) {
    var problems =
        problems(
            "{'trigger': {'event': 'X'}, 'steps': [{'wait': '1d'}], 'condition': "
                + condition
                + "}");
    assertTrue(
        problems.stream().anyMatch(it -> it.path().equals(path) && it.expected().equals(expected)),
        problems.toString());
  }
}

package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.journey;
import static dev.earshot.engine.journey.Given.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.earshot.engine.definition.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulesTest {

  private static final String ON_A = "{'trigger': {'event': 'A'}, 'steps': [{'wait': '1d'}]}";
  private static final String ON_B = "{'trigger': {'event': 'B'}, 'steps': [{'wait': '1d'}]}";

  @Test
  void anEventFindsTheCurrentVersionsOnly() {
    var rules = Given.rules(journey("x", 1, ON_A), journey("y", 1, ON_A), journey("x", 2, ON_B));

    assertEquals(List.of("y"), triggered(rules, "A"));
    assertEquals(List.of("x"), triggered(rules, "B"));
    assertEquals(List.of(), triggered(rules, "C"));
    assertEquals(Optional.of(1), rules.journey(World.WORKSPACE, "x", 1).map(Journey::version));
    assertEquals(List.of(), triggered(rules, "A", "another workspace"));
  }

  @Test
  void theOrderAndThePortionsInWhichDefinitionsComeDoNotMatter() {
    var random = new Random(5);
    var journeys = new RandomJourneys(random);
    var definitions = new ArrayList<Definition>();
    for (int version = 1; version <= 40; version++) {
      var definition = journeys.journey("j" + version % 7, version);
      definitions.add(random.nextInt(5) == 0 ? Given.retired(definition) : definition);
    }
    var expected = Rules.EMPTY.with(definitions).workspace(World.WORKSPACE);

    for (int time = 0; time < 20; time++) {
      Collections.shuffle(definitions, random);
      int cut = random.nextInt(definitions.size());
      var rules =
          Rules.EMPTY
              .with(definitions.subList(0, cut))
              .with(definitions.subList(cut, definitions.size()))
              .with(definitions.subList(0, cut));
      assertEquals(expected, rules.workspace(World.WORKSPACE));
    }
  }

  @Test
  void aDefinitionThatIsNotUnderstoodIsKeptApart() {
    var broken = journey("x", 1, "{'trigger': {'event': 'A'}}");

    var rules = Given.rules(broken, journey("y", 1, ON_A));

    assertEquals(List.of(broken), rules.unreadable().stream().map(it -> it.definition()).toList());
    assertEquals(List.of("y"), triggered(rules, "A"));
  }

  @Test
  void aJourneyHasTheTemplatesOfTheDayItWasPublished() {
    var before = World.START.minus(Duration.ofDays(1));
    var after = World.START.plus(Duration.ofDays(1));
    var rules =
        Given.rules(
            template("t", 3, after),
            template("t", 1, before),
            template("t", 2, World.START),
            journey("x", 1, ON_A));
    var workspace = rules.workspace(World.WORKSPACE);
    var journey = rules.journey(World.WORKSPACE, "x", 1).orElseThrow();

    assertEquals(2, workspace.templateVersion("t", journey));
    assertEquals(1, workspace.templateVersion("unknown", journey));
    assertEquals(0, workspace.templateVersion(null, journey));
  }

  @Test
  void nothingNewIsNothingNew() {
    assertSame(Rules.EMPTY, Rules.EMPTY.with(List.of()));
  }

  private static List<String> triggered(Rules rules, String event) {
    return triggered(rules, event, World.WORKSPACE);
  }

  private static List<String> triggered(Rules rules, String event, String workspace) {
    return rules.workspace(workspace).on(event).triggered().stream().map(Journey::id).toList();
  }
}

package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.VISITOR;
import static dev.earshot.engine.journey.Given.json;
import static dev.earshot.engine.journey.Given.track;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.Decision.Verdict;
import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFormsTest {

  private static final Subject ACME = Subject.account(World.WORKSPACE, "acme");

  @Test
  void everyInputIsTheSameAfterTheLog() {
    var event = track("e1", "Signed \"Up\"", "{'plan': 'pro', 'deep': {'a': [1, null]}}");
    var state = new UserState.MovedTo(VISITOR, ADA);
    var inputs =
        List.of(
            new UserInput.Happened(event),
            new UserInput.PassedOn(event, ADA, 2),
            new UserInput.Linked("l1", VISITOR, ADA),
            new UserInput.Merged("m1", ADA, VISITOR, state),
            new UserInput.Joined("j1", ACME, ADA, json("{'plan': 'pro'}")),
            new UserInput.AccountChanged("c1", ADA, ACME, json("{'employees': 7}")));

    for (var input : inputs) {
      var bytes = UserInputJson.write(input);
      assertEquals(input, UserInputJson.read(bytes));
      assertEquals(true, UserInputJson.KINDS.contains(UserInputJson.kind(bytes)));
    }
  }

  @Test
  void everyFactIsTheSameAfterTheLog() {
    var facts =
        List.of(
            new Fact.Heard(ADA, track("e1", "Signed Up", "{'plan': 'pro'}")),
            new Fact.Made(ADA, "f1", "User Merged", json("{'from': 'x'}"), World.START));

    facts.forEach(fact -> assertEquals(fact, FactJson.read(FactJson.write(fact))));
  }

  @Test
  void theDeepestEventIsTheSameInWhatTellsOfIt() {
    int depth = Json.DEPTH_MAX - 1;
    var event = track("e1", "Signed Up", "{'a':" + "[".repeat(depth) + "]".repeat(depth) + "}");
    var fact = new Fact.Heard(ADA, event);
    var input = new UserInput.PassedOn(event, ADA, 2);

    assertEquals(fact, FactJson.read(FactJson.write(fact)));
    assertEquals(input, UserInputJson.read(UserInputJson.write(input)));
  }

  @Test
  void everyDecisionIsTheSameAfterTheLog() {
    for (var verdict : Verdict.values()) {
      var gates = List.of(new Gate("cap", false, "2 of \"2\"", json("{'sent': 2}")));
      var run = verdict == Verdict.NOT_ENTERED ? null : "run-1";
      var decision = new Decision("d1", ADA, "welcome", 3, "e1", run, verdict, gates, World.START);

      assertEquals(decision, DecisionJson.read(DecisionJson.write(decision)));
    }
  }

  @Test
  void anInputOfNoKindIsRefused() {
    for (var json :
        List.of(
            "{}",
            "{\"kind\":\"tick\"}",
            "{\"kind\":\"link\",\"id\":\"1\",\"subject\":\"nobody\"}",
            "{\"kind\":\"merge\",\"id\":\"1\",\"subject\":\"w|u:a\",\"from\":\"w|u:b\",\"state\":\"AgE=\"}",
            "[]")) {
      assertThrows(
          Json.Malformed.class,
          () -> UserInputJson.read(json.getBytes(StandardCharsets.UTF_8)),
          json);
    }
  }

  @Test
  void theKindIsReadWithoutTheRest() {
    assertEquals("tick", UserInputJson.kind(bytes("{\"kind\":\"tick\",\"at\":")));
    assertEquals("", UserInputJson.kind(bytes("{\"id\":\"1\"}")));
    assertEquals("", UserInputJson.kind(new byte[0]));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

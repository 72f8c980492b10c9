package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Condition.First;
import dev.earshot.engine.audience.ConditionReader;
import dev.earshot.engine.definition.Body;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.Problem;
import dev.earshot.engine.journey.Journey.Cap;
import dev.earshot.engine.journey.Journey.Goal;
import dev.earshot.engine.journey.Journey.Reentry;
import dev.earshot.event.Value.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@link Journey} from the body of its definition, or tells all that is wrong with it. */
public final class JourneyReader {

  public static final Duration PERIOD_MAX = Duration.ofDays(365);

  private JourneyReader() {}

  /** What came of reading. */
  public sealed interface Reading {

    record Valid(Journey journey) implements Reading {}

    record Invalid(List<Problem> problems) implements Reading {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  public static Reading read(Definition definition) {
    var problems = new ArrayList<Problem>();
    var body = Body.of(definition.body(), problems);
    var journey = journey(definition, body);
    body.end();
    return problems.isEmpty() ? new Reading.Valid(journey) : new Reading.Invalid(problems);
  }

  private static Journey journey(Definition definition, Body body) {
    // The definition has these two outside its body; a file has them inside, and may keep them.
    body.text("kind");
    body.text("id");
    return new Journey(
        definition.workspace(),
        definition.id(),
        definition.version(),
        body.text("name").orElse(definition.id()),
        definition.publishedAt(),
        trigger(body),
        ConditionReader.condition(body, "condition"),
        StepReader.steps(body),
        filter(body, "exit"),
        goal(body),
        reentry(body),
        cap(body));
  }

  private static Trigger trigger(Body body) {
    return body.requiredBody("trigger").map(JourneyReader::triggerOf).orElse(NO_TRIGGER);
  }

  private static final Trigger NO_TRIGGER = new Trigger.Absent(PERIOD_MAX);

  private static Trigger triggerOf(Body body) {
    if (body.has("event")) {
      return ended(body, new Trigger.On(filterOf(body)));
    }
    if (body.has("did")) {
      return ended(body, new Trigger.Counted(ConditionReader.did(body)));
    }
    if (body.has("first")) {
      return ended(body, new Trigger.FirstEver(new First(body.requiredText("first"))));
    }
    if (body.has("absent-for")) {
      var period = ConditionReader.duration(body, "absent-for", ConditionReader.WINDOW_MAX);
      return ended(body, new Trigger.Absent(period.orElse(PERIOD_MAX)));
    }
    body.problem("one of event, did, first, absent-for");
    return NO_TRIGGER;
  }

  private static Optional<EventFilter> filter(Body body, String name) {
    return body.body(name).map(inner -> ended(inner, filterOf(inner)));
  }

  /** The events meant by the members {@code event} and {@code where}. */
  static EventFilter filterOf(Body body) {
    return new EventFilter(body.requiredText("event"), ConditionReader.where(body));
  }

  private static Optional<Goal> goal(Body body) {
    return body.body("goal")
        .map(inner ->
            ended(
                inner,
                new Goal(filterOf(inner), ConditionReader.duration(inner, "within", PERIOD_MAX))));
  }

  /** Never, where nothing is said: nobody gets the same twice by accident. */
  private static Reentry reentry(Body body) {
    var value = body.value("reentry");
    if (value.isEmpty() || value.get().equals(new Text("never"))) {
      return new Reentry.Never();
    }
    if (value.get().equals(new Text("always"))) {
      return new Reentry.Always();
    }
    return ConditionReader.duration(body, "reentry", PERIOD_MAX)
        .<Reentry>map(Reentry.After::new)
        .orElseGet(Reentry.Never::new);
  }

  private static Optional<Cap> cap(Body body) {
    return body.body("cap").map(JourneyReader::capOf);
  }

  private static Cap capOf(Body body) {
    if (!body.has("messages")) {
      body.missing("messages", "a whole number");
    }
    if (!body.has("within")) {
      body.missing("within", "a duration such as 7d");
    }
    int messages = body.number("messages", 1, ConditionReader.TIMES_MAX).orElse(1);
    var within = ConditionReader.duration(body, "within", ConditionReader.WINDOW_MAX);
    return ended(body, new Cap(messages, within.orElse(ConditionReader.WINDOW_MAX)));
  }

  /** The value that was read, after everything else in its body was found unknown. */
  private static <T> T ended(Body body, T value) {
    body.end();
    return value;
  }
}

package dev.earshot.engine.audience;

import dev.earshot.engine.audience.Condition.AccountTrait;
import dev.earshot.engine.audience.Condition.All;
import dev.earshot.engine.audience.Condition.Any;
import dev.earshot.engine.audience.Condition.Did;
import dev.earshot.engine.audience.Condition.First;
import dev.earshot.engine.audience.Condition.Not;
import dev.earshot.engine.audience.Condition.NotSince;
import dev.earshot.engine.audience.Condition.Property;
import dev.earshot.engine.audience.Condition.Trait;
import dev.earshot.engine.audience.Evidence.Compared;
import dev.earshot.engine.audience.Evidence.Counted;
import dev.earshot.engine.audience.Evidence.Decisive;
import dev.earshot.engine.audience.Evidence.FirstEver;
import dev.earshot.engine.audience.Evidence.Opposite;
import dev.earshot.engine.audience.Evidence.Quiet;
import dev.earshot.engine.audience.Evidence.Unanimous;
import dev.earshot.event.Value;
import java.util.ArrayList;
import java.util.List;

/** Answers a condition, and keeps what the answer rests on. */
final class Examination {

  private Examination() {}

  static Evidence of(Condition condition, Scene scene) {
    return switch (condition) {
      case All(var conditions) -> until(false, conditions, scene);
      case Any(var conditions) -> until(true, conditions, scene);
      case Not(var inner) -> new Opposite(inner.explain(scene));
      case Trait(var path, var comparison) ->
          compared("trait", path, scene.profile().traits().at(path), comparison);
      case AccountTrait(var path, var comparison) ->
          compared("account", path, scene.accountTrait(path), comparison);
      case Property(var path, var comparison) ->
          compared("property", path, scene.event().at(path), comparison);
      case Did did -> counted(did, scene);
      case First(var event) -> new FirstEver(event, scene.activity().events().get(event));
      case NotSince notSince ->
          new Quiet(
              notSince.holds(scene),
              notSince,
              scene.lastMillis(notSince.event()),
              scene.at().toEpochMilli());
    };
  }

  /** Stops at the first answer that is {@code decisive}: it alone is the reason. */
  private static Evidence until(boolean decisive, List<Condition> conditions, Scene scene) {
    var answers = new ArrayList<Evidence>(conditions.size());
    for (var condition : conditions) {
      var answer = condition.explain(scene);
      answers.add(answer);
      if (answer.passed() == decisive) {
        return answers.size() == 1 ? answer : new Decisive(answers);
      }
    }
    return new Unanimous(!decisive, answers);
  }

  private static Evidence compared(
      String source, String path, Value actual, Comparison comparison) {
    return new Compared(comparison.holds(actual), source, path, actual, comparison);
  }

  private static Evidence counted(Did did, Scene scene) {
    var metric = did.metric().of(scene.activity());
    long startMillis = did.window().map(scene::startMillis).orElse(Long.MIN_VALUE);
    long count = did.window().isEmpty() ? metric.count() : metric.countAfter(startMillis);
    return new Counted(did.bound().holds(count, did.times()), did, metric, count, startMillis);
  }
}

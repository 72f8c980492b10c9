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
import dev.earshot.event.Json;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts into words why a condition holds, or does not. */
final class Explanation {

  private static final int SHOWN_MAX = 120;
  private static final int SENTENCE_MAX = 600;
  private static final String[] ORDINALS = {
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
  };

  private Explanation() {}

  static Evidence of(Condition condition, Scene scene) {
    return switch (condition) {
      case All(var conditions) -> all(conditions, scene);
      case Any(var conditions) -> any(conditions, scene);
      case Not(var inner) -> not(inner.explain(scene));
      case Trait(var path, var comparison) ->
          compared("trait " + path, scene.profile().traits().at(path), comparison);
      case AccountTrait(var path, var comparison) ->
          compared("account " + path, scene.accountTrait(path), comparison);
      case Property(var path, var comparison) ->
          compared("property " + path, scene.event().at(path), comparison);
      case Did did -> did(did, scene);
      case First(var event) -> first(event, scene);
      case NotSince notSince -> notSince(notSince, scene);
    };
  }

  /** Stops at the first that does not hold: it alone is the reason. */
  private static Evidence all(List<Condition> conditions, Scene scene) {
    var sentences = new StringBuilder();
    var seen = new LinkedHashMap<String, Value>();
    for (var condition : conditions) {
      var evidence = condition.explain(scene);
      seen.putAll(evidence.seen().fields());
      if (!evidence.passed()) {
        return new Evidence(false, evidence.explanation(), new Fields(seen));
      }
      join(sentences, evidence.explanation());
    }
    return new Evidence(true, cut(sentences.toString(), SENTENCE_MAX), new Fields(seen));
  }

  /** Stops at the first that holds: it alone is the reason. */
  private static Evidence any(List<Condition> conditions, Scene scene) {
    var sentences = new StringBuilder();
    var seen = new LinkedHashMap<String, Value>();
    for (var condition : conditions) {
      var evidence = condition.explain(scene);
      seen.putAll(evidence.seen().fields());
      if (evidence.passed()) {
        return new Evidence(true, evidence.explanation(), new Fields(seen));
      }
      join(sentences, evidence.explanation());
    }
    return new Evidence(false, cut("none holds: " + sentences, SENTENCE_MAX), new Fields(seen));
  }

  private static Evidence not(Evidence inner) {
    return new Evidence(!inner.passed(), "not wanted: (" + inner.explanation() + ')', inner.seen());
  }

  private static Evidence compared(String what, Value actual, Comparison comparison) {
    boolean passed = comparison.holds(actual);
    var is =
        actual instanceof Nothing
            ? what + " is missing"
            : what + " is " + cut(Json.text(actual), SHOWN_MAX);
    var sentence = is + (passed ? " (" : " (wanted: ") + cut(comparison.words(), SHOWN_MAX) + ')';
    return new Evidence(passed, sentence, new Fields(Map.of(what, actual)));
  }

  private static Evidence did(Did did, Scene scene) {
    var metric = did.metric().of(scene.activity());
    long count = scene.count(did.metric(), did.window());
    boolean passed = did.bound().holds(count, did.times());
    var sentence =
        did.metric().words()
            + ": "
            + counted(did, count, passed)
            + did.window().map(window -> within(did, metric, scene, window, passed)).orElse("");
    var seen = new LinkedHashMap<String, Value>();
    seen.put("count", Value.of(count));
    seen.put("wanted", Value.of(did.bound().word() + ' ' + did.times()));
    did.window().ifPresent(window -> seen.put("within", Value.of(Durations.shown(window))));
    if (metric.count() > 0) {
      seen.put("last", time(metric.lastMillis()));
    }
    return new Evidence(passed, sentence, new Fields(seen));
  }

  private static String counted(Did did, long count, boolean passed) {
    if (passed || did.bound() != Condition.Bound.AT_LEAST) {
      var wanted = (passed ? " (" : " (wanted: ") + did.bound().word().replace('-', ' ');
      return count + wanted + ' ' + did.times() + ')';
    }
    return count + " of " + did.times();
  }

  private static String within(
      Did did, Metric metric, Scene scene, Duration window, boolean passed) {
    var within = " within " + Durations.shown(window);
    long startMillis = scene.startMillis(window);
    int inside = metric.countAfter(startMillis);
    int before = metric.recentCount() - inside - 1;
    if (passed || did.bound() != Condition.Bound.AT_LEAST || before < 0) {
      return within;
    }
    var missed = Duration.ofMillis(startMillis - metric.recentMillis(before));
    return within
        + "; the "
        + ordinal(inside)
        + " is "
        + Durations.shown(missed)
        + " outside the window";
  }

  private static Evidence first(String event, Scene scene) {
    var metric = scene.activity().events().get(event);
    boolean passed = metric.count() == 1;
    var sentence =
        passed
            ? event + ": the first ever"
            : metric.count() == 0
                ? event + ": never happened"
                : event
                    + ": happened "
                    + metric.count()
                    + " times, first on "
                    + shown(metric.firstMillis());
    var seen = new LinkedHashMap<String, Value>();
    seen.put("count", Value.of(metric.count()));
    if (metric.count() > 0) {
      seen.put("first", time(metric.firstMillis()));
    }
    return new Evidence(passed, sentence, new Fields(seen));
  }

  private static Evidence notSince(NotSince notSince, Scene scene) {
    var what = notSince.event().orElse("any activity");
    long lastMillis = scene.lastMillis(notSince.event());
    if (lastMillis == Long.MIN_VALUE) {
      return new Evidence(true, what + ": never", Fields.EMPTY);
    }
    var ago = Duration.ofMillis(Math.max(0, scene.at().toEpochMilli() - lastMillis));
    var sentence =
        what
            + ": last "
            + Durations.shown(ago)
            + " ago (wanted: not for "
            + Durations.shown(notSince.period())
            + ')';
    return new Evidence(
        notSince.holds(scene), sentence, new Fields(Map.of("last", time(lastMillis))));
  }

  private static void join(StringBuilder sentences, String sentence) {
    if (sentences.length() < SENTENCE_MAX) {
      sentences.append(sentences.isEmpty() ? "" : "; ").append(sentence);
    }
  }

  private static String ordinal(int index) {
    return index < ORDINALS.length ? ORDINALS[index] : (index + 1) + "th";
  }

  private static Value time(long millis) {
    return Value.of(shown(millis));
  }

  private static String shown(long millis) {
    return Times.text(Instant.ofEpochMilli(millis));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}

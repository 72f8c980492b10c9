package dev.earshot.engine.audience;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A question about one user at one moment. There is no other rule language: triggers, branches and
 * filters all ask in these words.
 */
public sealed interface Condition {

  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  record Not(Condition condition) implements Condition {}

  /**
   * A trait of the user.
   *
   * @param path names joined by dots: {@code address.city}
   */
  record Trait(String path, Comparison comparison) implements Condition {}

  /** A trait of the user's account. */
  record AccountTrait(String path, Comparison comparison) implements Condition {}

  /** A property of the event that made the journey ask. */
  record Property(String path, Comparison comparison) implements Condition {}

  /**
   * How often the user did something.
   *
   * @param window back from now, absent for ever
   */
  record Did(MetricKey metric, Bound bound, int times, Optional<Duration> window)
      implements Condition {}

  /** The user did it exactly once so far: when it is the event that asks, the first time ever. */
  record First(String event) implements Condition {}

  /**
   * The user did not do it for a while.
   *
   * @param event absent for anything at all
   */
  record NotSince(Optional<String> event, Duration period) implements Condition {}

  /** How a count is held against a number. */
  enum Bound {
    AT_LEAST,
    AT_MOST,
    EXACTLY;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String words = word.replace('-', ' ');

    /** The word in definitions: {@code at-least}. */
    public String word() {
      return word;
    }

    /** The words in a sentence: {@code at least}. */
    String words() {
      return words;
    }

    boolean holds(long count, int times) {
      return switch (this) {
        case AT_LEAST -> count >= times;
        case AT_MOST -> count <= times;
        case EXACTLY -> count == times;
      };
    }

    /** How many times must be kept to tell. */
    int keep(int times) {
      return this == AT_LEAST ? times : times + 1;
    }
  }

  /** Whether it is so. */
  default boolean holds(Scene scene) {
    return switch (this) {
      case All(var conditions) -> allHold(conditions, scene);
      case Any(var conditions) -> anyHolds(conditions, scene);
      case Not(var condition) -> !condition.holds(scene);
      case Trait(var path, var comparison) -> comparison.holds(scene.profile().traits().at(path));
      case AccountTrait(var path, var comparison) -> comparison.holds(scene.accountTrait(path));
      case Property(var path, var comparison) -> comparison.holds(scene.event().at(path));
      case Did(var metric, var bound, var times, var window) ->
          bound.holds(scene.count(metric, window), times);
      case First(var event) -> scene.activity().events().get(event).count() == 1;
      case NotSince(var event, var period) ->
          scene.lastMillis(event) <= scene.at().minus(period).toEpochMilli();
    };
  }

  private static boolean allHold(List<Condition> conditions, Scene scene) {
    for (var condition : conditions) {
      if (!condition.holds(scene)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyHolds(List<Condition> conditions, Scene scene) {
    for (var condition : conditions) {
      if (condition.holds(scene)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is so, and why. */
  default Evidence explain(Scene scene) {
    return Examination.of(this, scene);
  }

  /** Adds the counts that it asks for. */
  default void addMetrics(Set<MetricKey> metrics) {
    switch (this) {
      case All(var conditions) -> conditions.forEach(each -> each.addMetrics(metrics));
      case Any(var conditions) -> conditions.forEach(each -> each.addMetrics(metrics));
      case Not(var condition) -> condition.addMetrics(metrics);
      case Did did -> metrics.add(did.metric());
      case Trait _, AccountTrait _, Property _, First _, NotSince _ -> {}
    }
  }

  /** In a person's words, the same for the same condition: {@code trait plan is "free"}. */
  default String words() {
    return switch (this) {
      case All(var conditions) -> words(conditions, "all of (");
      case Any(var conditions) -> words(conditions, "any of (");
      case Not(var condition) -> "not (" + condition.words() + ')';
      case Trait(var path, var comparison) -> "trait " + path + ' ' + comparison.words();
      case AccountTrait(var path, var comparison) -> "account " + path + ' ' + comparison.words();
      case Property(var path, var comparison) -> "property " + path + ' ' + comparison.words();
      case Did(var metric, var bound, var times, var window) ->
          "did "
              + metric.words()
              + ' '
              + bound.word()
              + ' '
              + times
              + window.map(length -> " within " + Durations.shown(length)).orElse("");
      case First(var event) -> "first " + event;
      case NotSince(var event, var period) ->
          "no " + event.orElse("activity") + " for " + Durations.shown(period);
    };
  }

  private static String words(List<Condition> conditions, String opening) {
    return conditions.stream()
        .map(Condition::words)
        .collect(Collectors.joining(", ", opening, ")"));
  }
}

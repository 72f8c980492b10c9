package dev.earshot.engine.audience;

import dev.earshot.engine.audience.Condition.Bound;
import dev.earshot.engine.audience.Evidence.Compared;
import dev.earshot.engine.audience.Evidence.Counted;
import dev.earshot.engine.audience.Evidence.Decisive;
import dev.earshot.engine.audience.Evidence.FirstEver;
import dev.earshot.engine.audience.Evidence.Opposite;
import dev.earshot.engine.audience.Evidence.Quiet;
import dev.earshot.engine.audience.Evidence.Unanimous;
import dev.earshot.event.Json;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Puts into words why a condition holds, or does not, and shows what was looked at. */
final class Explanation {

  private static final int SHOWN_MAX = 120;
  private static final int SENTENCE_MAX = 600;
  private static final String[] ORDINALS = {
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
  };

  private Explanation() {}

  static String of(Evidence evidence) {
    return switch (evidence) {
      case Compared compared -> compared(compared);
      case Counted counted -> counted(counted);
      case FirstEver first -> first(first);
      case Quiet quiet -> quiet(quiet);
      case Opposite(var inner) -> "not wanted: (" + inner.explanation() + ')';
      case Decisive(var answers) -> answers.getLast().explanation();
      case Unanimous(var passed, var answers) ->
          cut((passed ? "" : "none holds: ") + joined(answers), SENTENCE_MAX);
    };
  }

  static void show(Evidence evidence, BiConsumer<String, Value> viewer) {
    switch (evidence) {
      case Compared compared -> viewer.accept(compared.what(), compared.actual());
      case Counted counted -> show(counted, viewer);
      case FirstEver(_, var metric) -> {
        viewer.accept("count", Value.of(metric.count()));
        showTime("first", metric, metric.firstMillis(), viewer);
      }
      case Quiet quiet when quiet.lastMillis() == Long.MIN_VALUE -> {}
      case Quiet quiet -> viewer.accept("last", time(quiet.lastMillis()));
      case Opposite(var inner) -> inner.show(viewer);
      case Decisive(var answers) -> together(answers).forEach(viewer);
      case Unanimous(_, var answers) -> together(answers).forEach(viewer);
    }
  }

  private static String compared(Compared compared) {
    var what = compared.what();
    var is =
        compared.actual() instanceof Nothing
            ? what + " is missing"
            : what + " is " + cut(Json.text(compared.actual()), SHOWN_MAX);
    return is
        + (compared.passed() ? " (" : " (wanted: ")
        + cut(compared.comparison().words(), SHOWN_MAX)
        + ')';
  }

  private static String counted(Counted counted) {
    var did = counted.asked();
    return did.metric().words()
        + ": "
        + count(counted)
        + did.window().map(window -> within(counted, window)).orElse("");
  }

  private static String count(Counted counted) {
    var did = counted.asked();
    if (counted.passed() || did.bound() != Bound.AT_LEAST) {
      var wanted = counted.passed() ? " (" : " (wanted: ";
      return counted.count() + wanted + did.bound().words() + ' ' + did.times() + ')';
    }
    return counted.count() + " of " + did.times();
  }

  private static String within(Counted counted, Duration window) {
    var within = " within " + Durations.shown(window);
    var metric = counted.metric();
    int inside = metric.countAfter(counted.startMillis());
    int before = metric.recentCount() - inside - 1;
    if (counted.passed() || counted.asked().bound() != Bound.AT_LEAST || before < 0) {
      return within;
    }
    var missed = Duration.ofMillis(counted.startMillis() - metric.recentMillis(before));
    return within
        + "; the "
        + ordinal(inside)
        + " is "
        + Durations.shown(missed)
        + " outside the window";
  }

  private static void show(Counted counted, BiConsumer<String, Value> viewer) {
    var did = counted.asked();
    viewer.accept("count", Value.of(counted.count()));
    viewer.accept("wanted", Value.of(did.bound().word() + ' ' + did.times()));
    if (did.window().isPresent()) {
      viewer.accept("within", Value.of(Durations.shown(did.window().get())));
    }
    showTime("last", counted.metric(), counted.metric().lastMillis(), viewer);
  }

  private static String first(FirstEver first) {
    var event = first.event();
    var metric = first.metric();
    if (metric.count() <= 1) {
      return event + (first.passed() ? ": the first ever" : ": never happened");
    }
    return event
        + ": happened "
        + metric.count()
        + " times, first on "
        + shown(metric.firstMillis());
  }

  private static String quiet(Quiet quiet) {
    var what = quiet.asked().event().orElse("any activity");
    if (quiet.lastMillis() == Long.MIN_VALUE) {
      return what + ": never";
    }
    var ago = Duration.ofMillis(Math.max(0, quiet.atMillis() - quiet.lastMillis()));
    return what
        + ": last "
        + Durations.shown(ago)
        + " ago (wanted: not for "
        + Durations.shown(quiet.asked().period())
        + ')';
  }

  /** What several looked at; of two that go by the same name the later is shown. */
  private static Map<String, Value> together(List<Evidence> answers) {
    var seen = new LinkedHashMap<String, Value>();
    answers.forEach(answer -> answer.show(seen::put));
    return seen;
  }

  private static String joined(List<Evidence> answers) {
    var sentences = new StringBuilder();
    for (var answer : answers) {
      if (sentences.length() < SENTENCE_MAX) {
        sentences.append(sentences.isEmpty() ? "" : "; ").append(answer.explanation());
      }
    }
    return sentences.toString();
  }

  private static void showTime(
      String name, Metric metric, long millis, BiConsumer<String, Value> viewer) {
    if (metric.count() > 0) {
      viewer.accept(name, time(millis));
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

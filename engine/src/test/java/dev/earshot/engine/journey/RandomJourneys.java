package dev.earshot.engine.journey;

import dev.earshot.engine.definition.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes up journeys: every trigger, step, condition and limit there is, by chance. */
final class RandomJourneys {

  static final int EVENT_NAMES = 5;

  private final Random random;

  RandomJourneys(Random random) {
    this.random = random;
  }

  Definition journey(String id, int version) {
    var members = new ArrayList<String>();
    members.add("'trigger': " + trigger());
    members.add("'steps': " + steps(2));
    sometimes(members, () -> "'condition': " + condition(2));
    sometimes(members, () -> "'exit': " + filter());
    sometimes(members, () -> "'goal': {'event': " + event() + ", 'within': '2h'}");
    members.add("'reentry': " + oneOf("'never'", "'always'", "'always'", "'30m'"));
    sometimes(
        members,
        () -> "'cap': {'messages': " + (1 + random.nextInt(3)) + ", 'within': '" + period() + "'}");
    return Given.journey(id, version, '{' + String.join(", ", members) + '}');
  }

  String event() {
    return "'E" + random.nextInt(EVENT_NAMES) + '\'';
  }

  String properties() {
    return "{'kind': '" + oneOf("a", "b", "c") + "', 'size': " + random.nextInt(10) + '}';
  }

  private String trigger() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> filter();
      case 2 -> count();
      case 3 -> "{'first': " + event() + '}';
      case 4 -> "{'absent-for': '" + period() + "'}";
      default -> "{'event': " + oneOf("'Message Delivered'", "'User Identified'") + '}';
    };
  }

  private String filter() {
    return random.nextBoolean()
        ? "{'event': " + event() + '}'
        : "{'event': " + event() + ", 'where': " + property() + '}';
  }

  private String count() {
    var where = random.nextBoolean() ? "" : ", 'where': " + property();
    var window = random.nextBoolean() ? "" : ", 'within': '" + period() + '\'';
    return "{'did': "
        + event()
        + ", '"
        + oneOf("at-least", "exactly", "at-most")
        + "': "
        + (1 + random.nextInt(14))
        + window
        + where
        + '}';
  }

  private String condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0 -> "{'trait': 'plan', 'is': '" + oneOf("free", "pro") + "'}";
      case 1 -> "{'account': 'employees', 'at-least': " + random.nextInt(10) + '}';
      case 2 -> property();
      case 3 -> count();
      case 4 -> "{'first': " + event() + '}';
      case 5 -> "{'not-since': '" + period() + "', 'did': " + event() + '}';
      case 6 -> "{'not-since': '" + period() + "'}";
      case 7 -> "{'all': [" + condition(depth - 1) + ", " + condition(depth - 1) + "]}";
      case 8 -> "{'any': [" + condition(depth - 1) + ", " + condition(depth - 1) + "]}";
      default -> "{'not': " + condition(depth - 1) + '}';
    };
  }

  private String property() {
    return random.nextBoolean()
        ? "{'property': 'kind', 'one-of': ['a', 'b']}"
        : "{'property': 'size', 'at-least': 3, 'less-than': 8}";
  }

  private String steps(int depth) {
    var steps = new ArrayList<String>();
    int count = 1 + random.nextInt(3);
    for (int step = 0; step < count; step++) {
      steps.add(step(depth));
    }
    return steps.toString();
  }

  private String step(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0, 1 ->
          "{'send': "
              + oneOf(
                  "{'channel': 'email', 'template': 't'}",
                  "{'channel': 'webhook', 'destination': 'crm', 'expires': '1h'}")
              + '}';
      case 2 -> "{'wait': '" + period() + "'}";
      case 3 ->
          "{'wait-for': {'event': 'Message Delivered', 'within': '20m'}, 'then': "
              + steps(depth - 1)
              + '}';
      case 4 ->
          "{'wait-for': {'event': "
              + event()
              + ", 'within': '"
              + period()
              + "'}, 'otherwise': "
              + steps(depth - 1)
              + '}';
      default ->
          "{'branch': {'if': "
              + condition(1)
              + ", 'then': "
              + steps(depth - 1)
              + ", 'else': "
              + steps(depth - 1)
              + "}}";
    };
  }

  private String period() {
    return oneOf("30s", "5m", "20m", "1h", "3h");
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void sometimes(List<String> members, Supplier<String> member) {
    if (random.nextInt(3) == 0) {
      members.add(member.get());
    }
  }
}

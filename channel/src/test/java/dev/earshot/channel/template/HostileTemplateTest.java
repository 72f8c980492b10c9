package dev.earshot.channel.template;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.channel.template.LiquidText.Compiled;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 38 of the security checklist: a template can harm nothing but its own message. */
class HostileTemplateTest {

  private static final Fields DATA =
      new Fields(Map.of("user", new Fields(Map.of("name", Value.of("x".repeat(1000))))));

  /** Far above the 50 ms it takes at most when the machine is idle and the code is warm. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ParameterizedTest
  @MethodSource("greedy")
  void aGreedyTemplateIsStopped(String source) {
    var text = assertInstanceOf(Compiled.Ready.class, compiled(source), source).text();

    var rendering = assertTimeout(PATIENCE, () -> text.render(DATA));

    var failed = assertInstanceOf(Rendering.Failed.class, rendering);
    assertTrue(failed.reason().startsWith("template_limit"), failed::reason);
  }

  static Stream<String> greedy() {
    return Stream.of(
        "{% for i in (1..1000000000) %}{% endfor %}",
        "{% for i in (-4000000000..4000000000) %}{% endfor %}",
        "{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}",
        "{% for i in (1..2000) %}" + "{% if 1 == 2 %}{% endif %}".repeat(2000) + "{% endfor %}",
        "{% for i in (1..10000) %}{% case 1 %}{% when "
            + "2,".repeat(450)
            + "2 %}{% endcase %}"
            + "{% endfor %}",
        "{% for i in (1..1000) %}{{ user.name }}{% endfor %}",
        "{% assign s = user.name %}" + "{% assign s = s | append: s %}".repeat(32) + "{{ s }}",
        "{% assign s = user.name | split: '' %}" + "{% assign s = s | concat: s %}".repeat(32),
        "{% assign s = user.name | append: user.name | append: user.name %}"
            + "{% assign t = s | replace: 'x', s %}{% assign t = t | replace: 'x', s %}",
        "{% assign s = user.name | split: '' %}{% assign t = s | join: user.name %}",
        "{% capture s %}{{ user.name }}{% endcapture %}{% for i in (1..20) %}"
            + "{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{{ s }}",
        "{% assign s = user.name %}{% for i in (1..8) %}{% assign s = s | append: s %}"
            + "{% endfor %}{% assign l = s | split: ',' %}{% for i in (1..5000) %}"
            + "{% assign l = l | concat: s %}{% endfor %}{{ l | join: '' }}");
  }

  @ParameterizedTest
  @MethodSource("odd")
  void oddArgumentsDoNoHarm(String source) {
    var text = assertInstanceOf(Compiled.Ready.class, compiled(source), source).text();

    var rendering = assertTimeout(PATIENCE, () -> text.render(DATA));

    assertInstanceOf(Rendering.Done.class, rendering, source);
  }

  static Stream<String> odd() {
    return Stream.of(
        "{% for i in (1..99999999999999999999) %}{% endfor %}",
        "{{ user.name | truncate: -1000000000 }}",
        "{{ user.name | truncate: 1000000000 }}",
        "{{ user.name | truncatewords: 99999999999999 }}",
        "{{ user.name | slice: -5, 1000000000 }}{{ user.name | slice: 9999999999 }}",
        "{{ 1.5 | round: 1000000000 }}{{ 1 | divided_by: 0 }}{{ 1.0 | modulo: 0 }}",
        "{% assign n = 10 %}" + "{% assign n = n | times: n %}".repeat(64) + "{{ n }}",
        "{{ 9223372036854775807 | plus: 1 }}{{ -9223372036854775808 | abs }}",
        "{{ " + "9".repeat(900) + " | plus: 1 }}",
        "{{ user.name | date: '%Y%%%1000000000d%' }}{{ 99999999999 | date: '%Y' }}",
        "{{ user.name[99999999999] }}{{ user['a']['b'].c.d[-1] }}",
        "{{ user.name | split: '' | sort | uniq | reverse | first | size }}",
        "{{ nil | append: nil | split: nil | join: nil | replace: nil, nil }}",
        "{% for i in (5..1) %}{{ i }}{% endfor %}{% for i in user.name limit:-1 %}{% endfor %}");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMonstrousSourceIsRefusedWhenItIsCompiled(String source) {
    var compiled = assertTimeout(PATIENCE, () -> compiled(source));

    assertInstanceOf(Compiled.Flawed.class, compiled);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "x".repeat(LiquidText.SOURCE_LENGTH_MAX + 1),
        "{% if user %}".repeat(4000),
        "{% if user %}".repeat(1000) + "{% endif %}".repeat(1000),
        "{{ " + "(".repeat(60_000),
        "{{ " + "(".repeat(950) + " }}",
        "{% if " + "1 == ".repeat(190) + " %}{% endif %}",
        "{{ " + "(".repeat(9000) + "1" + ")".repeat(9000) + " }}",
        "{% if " + "1 == ".repeat(9000) + "1 %}{% endif",
        "{{ user" + "[".repeat(20_000),
        "{{".repeat(30_000),
        "{%".repeat(30_000),
        "{% include 'self' %}{{ include }}",
        "{{ lookup.constructor.constructor('return 1')() }}",
        "{{ ''.getClass().forName('java.lang.Runtime') }}");
  }

  private static Compiled compiled(String source) {
    return LiquidText.compile(source, Escaping.HTML);
  }
}

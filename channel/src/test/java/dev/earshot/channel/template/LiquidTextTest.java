package dev.earshot.channel.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.channel.template.LiquidText.Compiled;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiquidTextTest {

  private static final Fields DATA =
      fields(
          """
          {"user": {"id": "u1", "name": "Ada <b>", "plan": "free", "n": 3, "price": 9.5,
                    "bio": "one\\ntwo", "trial": false, "at": "2026-03-09T14:05:07.000Z"},
           "account": {"employees": 72},
           "event": {"items": [{"name": "A & B", "price": 2}, {"name": "C", "price": 1}],
                     "tags": ["x", "y", "z"]}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "plain words ~ plain words",
        "{{ user.plan }} ~ free",
        "{{ user['plan'] }} ~ free",
        "{{ event.tags[1] }} ~ y",
        "{{ event.tags.size }} {{ event.tags.first }} {{ event.tags.last }} ~ 3 x z",
        "{% if user.plan == 'free' and account.employees >= 50 %}a{% else %}b{% endif %} ~ a",
        "{% if user.trial %}a{% elsif user.n > 2 %}b{% endif %} ~ b",
        "{% unless user.trial %}a{% endunless %} ~ a",
        "{% if user.nobody == empty %}a{% endif %} ~ a",
        "{% if event.tags contains 'y' %}a{% endif %} ~ a",
        "{% case user.plan %}{% when 'pro', 'team' %}a{% when 'free' %}b{% endcase %} ~ b",
        "{% for i in (1..3) %}{{ i }}{% endfor %} ~ 123",
        "{% for t in event.tags reversed %}{{ t }}{% endfor %} ~ zyx",
        "{% for t in event.tags limit:1 offset:1 %}{{ t }}{% endfor %} ~ y",
        "{% for t in event.none %}a{% else %}b{% endfor %} ~ b",
        "{% for t in event.tags %}{% if t == 'y' %}{% break %}{% endif %}{{ t }}{% endfor %} ~ x",
        "{% for t in event.tags %}{% if t == 'y' %}{% continue %}{% endif %}{{ t }}{% endfor %} ~ xz",
        "{% for t in event.tags %}{{ forloop.index }}{% if forloop.last %}!{% endif %}{% endfor %} ~ 123!",
        "{% assign x = user.plan | upcase %}{{ x }} ~ FREE",
        "{% capture x %}<i>{{ user.name }}</i>{% endcapture %}{{ x }} ~ <i>Ada &lt;b&gt;</i>",
        "{% raw %}{{ user.plan }}{% endraw %} ~ {{ user.plan }}",
        "a{% comment %}b{% endcomment %}c ~ ac",
        "{{ user.name | upcase | append: '!' }} ~ ADA &lt;B&gt;!",
        "{{ user.nick | default: 'friend' }} ~ friend",
        "{{ user.n | times: 2 | plus: 1 }} ~ 7",
        "{{ user.n | divided_by: 2 }} {{ user.n | modulo: 2 }} ~ 1 1",
        "{{ user.price | times: 2 }} {{ user.price | round }} {{ user.price | floor }} ~ 19.0 10 9",
        "{{ 'a,b,c' | split: ',' | join: '-' }} ~ a-b-c",
        "{{ event.items | map: 'price' | sort | join: ' ' }} ~ 1 2",
        "{{ 'abcdef' | slice: 1, 3 }} {{ 'abcdef' | truncate: 5 }} ~ bcd ab...",
        "{{ 'one two three' | truncatewords: 2 }} ~ one two...",
        "{{ 'aXbXc' | replace: 'X', '-' }} {{ 'aXbXc' | remove_first: 'X' }} ~ a-b-c abXc",
        "{{ '<p>Hi <b>you</b></p>' | strip_html }} ~ Hi you",
        "{{ 'a b&c' | url_encode }} ~ a+b%26c",
        "{{ user.at | date: '%d %B %Y, %H:%M' }} ~ 09 March 2026, 14:05",
        "{{ user.at | date: '%-d %b, %l %P' }} ~ 9 Mar, 2 pm",
      })
  void aTemplateShowsWhatLiquidShows(String source, String expected) {
    assertEquals(expected, html(source));
  }

  @Test
  void valuesAreEscapedUnlessTheAuthorVouchesForThem() {
    assertEquals("Ada &lt;b&gt;", html("{{ user.name }}"));
    assertEquals("Ada <b>", html("{{ user.name | raw }}"));
    assertEquals("Ada &lt;b&gt;", html("{{ user.name | escape }}"));
    assertEquals("ADA &lt;B&gt;", html("{{ user.name | raw | upcase }}"));
    assertEquals("one<br />\ntwo", html("{{ user.bio | newline_to_br }}"));
    assertEquals(
        "Ada &lt;b&gt;", html("{% for x in event.tags limit:1 %}{{user.name}}{% endfor %}"));
  }

  @Test
  void plainTextIsNotEscapedAndJsonIsEscapedForItsStrings() {
    assertEquals("Ada <b>", done("{{ user.name }}", Escaping.NONE).text());
    assertEquals(
        "{\"bio\": \"one\\u000atwo\", \"tags\": [\"x\",\"y\",\"z\"]}",
        done("{\"bio\": \"{{ user.bio }}\", \"tags\": {{ event.tags | json }}}", Escaping.JSON)
            .text());
  }

  @Test
  void whatIsNotThereIsEmptyAndCounted() {
    var done = done("Hi {{ user.nick }}{{ user.nick | upcase }}{{ user.plan }}!", Escaping.HTML);

    assertEquals(new Rendering.Done("Hi free!", 2), done);
  }

  @Test
  void nothingIsKnownOfJava() {
    assertEquals("", html("{{ user.class }}{{ user.name.class.classLoader }}"));
    assertEquals("", html("{{ user['constructor'] }}{{ user.name['bytes'] }}"));
    assertEquals("", html("{{ event.tags.getClass }}{{ event.tags.stream }}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "Hello {{ user.name ~ 1 ~ 19",
        "Hello {{ nobody.name }} ~ 1 ~ 10",
        "{{ user.name | shout }} ~ 1 ~ 14",
        "{% if user.plan %} ~ 1 ~ 19",
        "{{ nobody }} ~ 1 ~ 4",
        "{% include 'other' %} ~ 1 ~ 1",
        "{% render 'other' %} ~ 1 ~ 4",
        "{% cycle 'a', 'b' %} ~ 1 ~ 1",
        "{% include_relative 'x' %} ~ 1 ~ 1",
        "{{ user.name user.plan }} ~ 1 ~ 1",
        "{% for t in event.tags step:2 %}{% endfor %} ~ 1 ~ 24",
        "{% endif %} ~ 1 ~ 1",
      })
  void aFlawIsNamedWithItsPlace(String source, int line, int column) {
    var flaws = flaws(source);

    assertEquals(1, flaws.size(), flaws::toString);
    assertEquals(new Place(line, column), Place.of(flaws.getFirst()), flaws::toString);
  }

  @Test
  void allFlawsAreNamedNotOnlyTheFirst() {
    var flaws = flaws("{{ nobody }}\n{{ user.name | shout }}\n{% if nothing %}{% endif %}");

    assertEquals(
        List.of("unknown variable: nobody", "unknown variable: nothing"),
        flaws.stream().map(Flaw::message).filter(it -> it.startsWith("unknown v")).toList());
    assertEquals(List.of(1, 2, 3), flaws.stream().map(Flaw::line).toList());
  }

  @Test
  void oneTextIsRenderedByManyThreadsAtOnce() throws Exception {
    var text = ready("{% assign x = user.n %}{% for t in event.tags %}{{ t }}{{ x }}{% endfor %}");
    List<Callable<Rendering>> tasks = java.util.Collections.nCopies(200, () -> text.render(DATA));

    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Rendering> rendering : threads.invokeAll(tasks)) {
        assertEquals(new Rendering.Done("x3y3z3", 0), rendering.get());
      }
    }
  }

  private record Place(int line, int column) {
    static Place of(Flaw flaw) {
      return new Place(flaw.line(), flaw.column());
    }
  }

  private static List<Flaw> flaws(String source) {
    var compiled = LiquidText.compile(source, Escaping.HTML);
    return assertInstanceOf(Compiled.Flawed.class, compiled, source).flaws();
  }

  private static LiquidText ready(String source) {
    var compiled = LiquidText.compile(source, Escaping.HTML);
    assertTrue(compiled instanceof Compiled.Ready, compiled::toString);
    return ((Compiled.Ready) compiled).text();
  }

  private static String html(String source) {
    return done(source, Escaping.HTML).text();
  }

  private static Rendering.Done done(String source, Escaping escaping) {
    var compiled =
        assertInstanceOf(Compiled.Ready.class, LiquidText.compile(source, escaping), source);
    return assertInstanceOf(Rendering.Done.class, compiled.text().render(DATA));
  }

  private static Fields fields(String json) {
    return Json.parseFields(json.getBytes(StandardCharsets.UTF_8));
  }
}

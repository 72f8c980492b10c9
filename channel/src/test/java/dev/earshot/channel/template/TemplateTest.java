package dev.earshot.channel.template;

import static dev.earshot.channel.Samples.ADA;
import static dev.earshot.channel.Samples.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.channel.template.Template.Filled;
import dev.earshot.engine.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void eachPartIsEscapedForWhereItStands() {
    var template =
        Template.read(
                fields(
                    """
                    {"kind": "template", "id": "hello", "channel": "email",
                     "subject": "{{ event.title }}", "text": "{{ event.title }}",
                     "html": "<p>{{ event.title }}{{ event.none }}</p>"}
                    """),
                new ArrayList<>())
            .orElseThrow();

    assertEquals(
        new Filled.Ready(
            new Content(Map.of("subject", "A & B", "text", "A & B", "html", "<p>A &amp; B</p>")),
            1),
        template.render(fields("{\"event\": {\"title\": \"A & B\"}}")));
  }

  @Test
  void allThatIsWrongIsSaidWithItsPlace() {
    var problems =
        problems(
            """
            {"channel": "email", "subject": "{{ nobody }}", "html": "a\\n{{ user.x | shout }}",
             "bdoy": "x"}
            """);

    assertEquals(List.of("subject", "html", "bdoy"), problems.stream().map(Problem::path).toList());
    assertTrue(
        problems
            .get(0)
            .expected()
            .contains("line 1, column 4 of subject: unknown variable: nobody"),
        problems::toString);
    assertTrue(problems.get(1).expected().contains("line 2, column"), problems::toString);
  }

  @Test
  void aMailHasASubjectAndATextAndAWebhookABody() {
    assertEquals(List.of("subject", "text"), paths("{\"channel\": \"email\"}"));
    assertEquals(List.of("body"), paths("{\"channel\": \"webhook\"}"));
    assertEquals(List.of("channel"), paths("{}"));
    assertEquals(List.of("channel"), paths("{\"channel\": \"pigeon\"}"));
  }

  @Test
  void aPartThatGoesTooFarBreaksTheWholeMessage() {
    var template =
        Template.read(
                fields(
                    """
                    {"channel": "email", "subject": "x",
                     "text": "{% for i in (1..1000000000) %}{% endfor %}"}
                    """),
                new ArrayList<>())
            .orElseThrow();

    assertEquals(
        new Filled.Broken("template_limit: more than 50000 steps (in text)"), template.render(ADA));
  }

  private static List<String> paths(String json) {
    return problems(json).stream().map(Problem::path).toList();
  }

  private static List<Problem> problems(String json) {
    var problems = new ArrayList<Problem>();
    assertEquals(Optional.empty(), Template.read(fields(json), problems));
    return problems;
  }
}

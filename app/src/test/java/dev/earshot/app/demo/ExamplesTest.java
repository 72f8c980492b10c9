package dev.earshot.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.channel.template.Template;
import dev.earshot.channel.template.Template.Filled;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.definition.Problem;
import dev.earshot.engine.journey.JourneyReader;
import dev.earshot.engine.journey.JourneyReader.Reading;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ExamplesTest {

  private static final Path EXAMPLES = Path.of("../examples");

  @Test
  void everyJourneyIsOne() throws IOException {
    int journeys = 0;
    for (var file : files()) {
      var body = body(file);
      if (body.get("kind").shown().equals("journey")) {
        var reading = JourneyReader.read(definition(body));
        assertInstanceOf(Reading.Valid.class, reading, file + ": " + reading);
        journeys++;
      }
    }
    assertEquals(4, journeys);
  }

  @Test
  void everyTemplateIsOneAndCanBeFilledInForAPersonWithoutAnyTrait() throws IOException {
    int templates = 0;
    for (var file : files()) {
      var body = body(file);
      if (body.get("kind").shown().equals("template")) {
        List<Problem> problems = new ArrayList<>();
        var template = Template.read(body, problems);
        assertEquals(List.of(), problems, file.toString());
        assertInstanceOf(
            Filled.Ready.class, template.orElseThrow().render(Fields.EMPTY), file.toString());
        templates++;
      }
    }
    assertEquals(4, templates);
  }

  @Test
  void aMailShowsWhomItIsToAndEscapesWhatTheyCallThemselves() throws IOException {
    var template =
        Template.read(body(EXAMPLES.resolve("growth/template-case-study.yaml")), new ArrayList<>())
            .orElseThrow();
    var data =
        Json.parseFields(
            """
            {"user":{"id":"ada","firstName":"<b>Ada</b>","email":"ada@example.com"},
             "account":{"name":"Acme","employees":80},
             "event":{"name":"Pricing Viewed","plan":"team"}}
            """
                .getBytes(StandardCharsets.UTF_8));

    var filled = assertInstanceOf(Filled.Ready.class, template.render(data));

    assertEquals(0, filled.absent());
    var parts = filled.content().parts();
    assertEquals("How a company of 80 people decided", parts.get("subject"));
    var html = parts.getOrDefault("html", "");
    assertTrue(html.contains("Hello &lt;b&gt;Ada&lt;/b&gt;,"), html);
    assertTrue(html.contains("harbor-logistics?plan=team\""), html);
    assertFalse(html.contains("{{"), html);
    assertTrue(parts.getOrDefault("text", "").startsWith("Hello <b>Ada</b>,"), parts::toString);
  }

  @Test
  void theWebhookOfASilentSubscriberIsJson() throws IOException {
    var template =
        Template.read(
                body(EXAMPLES.resolve("webhook/template-silent-subscriber.yaml")),
                new ArrayList<>())
            .orElseThrow();
    var data = new Fields(Map.of("user", new Fields(Map.of("id", Value.of("a\"d\\a")))));

    var filled = assertInstanceOf(Filled.Ready.class, template.render(data));

    var body = filled.content().parts().getOrDefault("body", "");
    assertEquals(Value.of("a\"d\\a"), ((Fields) Json.parse(body)).at("data.user"), body);
  }

  @Test
  void theDemoAppliesTheFilesThatAStrangerReads() throws IOException {
    for (var file : Journeys.files(Duration.ofDays(7)).files()) {
      var onDisk = Files.readString(Path.of("..").resolve(file.path()));
      assertEquals(onDisk.replace("absent-for: 7d", "absent-for: 604800s"), file.text());
    }
  }

  @Test
  void everyFolderExplainsItself() throws IOException {
    try (var folders = Files.list(EXAMPLES)) {
      for (var folder : folders.filter(Files::isDirectory).toList()) {
        assertTrue(Files.exists(folder.resolve("README.md")), folder + " has no README.md");
      }
    }
  }

  private static Definition definition(Fields body) {
    return new Definition(
        "default",
        DefinitionKind.JOURNEY,
        body.get("id").shown(),
        1,
        body,
        false,
        Instant.EPOCH,
        "test");
  }

  private static List<Path> files() throws IOException {
    try (var walk = Files.walk(EXAMPLES)) {
      return walk.filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("node_modules"))
          .sorted()
          .toList();
    }
  }

  private static Fields body(Path file) throws IOException {
    var document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return (Fields) value(document);
  }

  private static Value value(Object yaml) {
    return switch (yaml) {
      case String text -> Value.of(text);
      case Integer number -> Value.of((long) number);
      case Boolean truth -> Value.of(truth);
      case List<?> items -> new Items(items.stream().map(ExamplesTest::value).toList());
      case Map<?, ?> map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put((String) name, value(value)));
        yield new Fields(fields);
      }
      default -> throw new AssertionError(yaml.getClass() + " in an example");
    };
  }
}

package dev.earshot.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.portal.TestPortal.Reply;
import dev.earshot.portal.key.KeyRole;
import dev.earshot.stream.EventLog.NoRoom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishingTest {

  private static final String TEMPLATE =
      """
      kind: template
      id: case-study
      channel: email
      subject: Hello
      text: |
        First line
        Second line
      """;

  private static final String JOURNEY =
      """
      kind: journey
      id: third-visit
      trigger: {event: Pricing Viewed}
      steps:
        - send: {channel: email, template: case-study}
      """;

  private TestPortal portal;

  @BeforeEach
  void start() {
    portal = new TestPortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void filesBecomeDefinitions() {
    var reply = apply(Map.of("all.yaml", TEMPLATE + "---\n" + JOURNEY));

    assertEquals(200, reply.status());
    assertEquals("true", reply.at("applied").shown());
    assertEquals(
        List.of("template case-study 0->1 create", "journey third-visit 0->1 create"),
        changes(reply));
    var journey = latest(DefinitionKind.JOURNEY, "third-visit");
    assertEquals(
        "{\"trigger\":{\"event\":\"Pricing Viewed\"},"
            + "\"steps\":[{\"send\":{\"channel\":\"email\",\"template\":\"case-study\"}}]}",
        Json.text(journey.body()));
    assertEquals("key:" + portal.adminKey().substring(3, 11), journey.publishedBy());
    assertEquals(TestPortal.NOW, journey.publishedAt());
  }

  @Test
  void aDryRunPublishesNothing() {
    var before = portal.definitions().all();

    var reply = send("?dryRun=true", false, Map.of("t.yaml", TEMPLATE));

    assertEquals("false", reply.at("applied").shown());
    assertEquals(List.of("template case-study 0->1 create"), changes(reply));
    assertEquals(before, portal.definitions().all());
  }

  @Test
  void whatDidNotChangeKeepsItsVersion() {
    apply(Map.of("t.yaml", TEMPLATE));

    var reply = apply(Map.of("other.yaml", "# new words\n" + TEMPLATE));

    assertEquals(List.of("template case-study 1->1 unchanged"), changes(reply));
    assertEquals(1, latest(DefinitionKind.TEMPLATE, "case-study").version());
  }

  @Test
  void aChangeIsShownAsADifferenceOfItsLines() {
    apply(Map.of("t.yaml", TEMPLATE));

    var reply = apply(Map.of("t.yaml", TEMPLATE.replace("Second line", "Another line")));

    assertEquals(List.of("template case-study 1->2 update"), changes(reply));
    assertEquals(
        """
        --- template/case-study v1
        +++ template/case-study v2
        @@ -2,4 +2,4 @@
         subject: Hello
         text: |
           First line
        -  Second line
        +  Another line
        """,
        change(reply).get("diff").shown());
  }

  @Test
  void pruningRetiresWhatStandsInNoFile() {
    apply(Map.of("t.yaml", TEMPLATE, "j.yaml", JOURNEY));

    var reply = send("", true, Map.of("t.yaml", TEMPLATE));

    assertEquals(
        List.of("template case-study 1->1 unchanged", "journey third-visit 1->2 retire"),
        changes(reply));
    assertTrue(latest(DefinitionKind.JOURNEY, "third-visit").retired());
    assertEquals(200, portal.get("/api/keys").status(), "keys stand in no file and stay");
  }

  @Test
  void aRetiredDefinitionComesBackAsANewVersion() {
    apply(Map.of("t.yaml", TEMPLATE, "j.yaml", JOURNEY));
    send("", true, Map.of("t.yaml", TEMPLATE));

    var reply = apply(Map.of("j.yaml", JOURNEY));

    assertEquals(List.of("journey third-visit 0->3 create"), changes(reply));
  }

  @Test
  void aJourneyNeedsItsTemplatesAndDestinations() {
    var reply =
        apply(
            Map.of(
                "j.yaml",
                """
                kind: journey
                id: third-visit
                trigger: {event: Pricing Viewed}
                steps:
                  - send: {channel: email, template: case-study}
                  - wait-for: {event: Paid, within: 3d}
                    then:
                      - branch:
                          if: {trait: plan, is: pro}
                          then:
                            - send:
                                channel: webhook
                                destination: crm
                """));

    assertEquals(422, reply.status());
    assertEquals("invalid_definitions", reply.code());
    assertEquals(
        List.of(
            "j.yaml:5:38 steps[0].send.template",
            "j.yaml:13:30 steps[1].then[0].branch.then[0].send.destination"),
        errors(reply));
    assertEquals(2, portal.definitions().all().size(), "only the two keys are there");
  }

  @Test
  void aJourneyMayUseWhatWasPublishedBeforeButNotWhatIsPruned() {
    apply(Map.of("t.yaml", TEMPLATE));

    assertEquals(200, send("?dryRun=true", false, Map.of("j.yaml", JOURNEY)).status());
    assertEquals(
        List.of("j.yaml:5:38 steps[0].send.template"),
        errors(send("", true, Map.of("j.yaml", JOURNEY))));
  }

  @Test
  void aTemplateMustBeOfTheChannelOfTheMessage() {
    var webhook = TEMPLATE.replace("channel: email", "channel: webhook");

    var reply = apply(Map.of("t.yaml", webhook, "j.yaml", JOURNEY));

    assertEquals(List.of("j.yaml:5:38 steps[0].send.template"), errors(reply));
  }

  @Test
  void everyFaultOfEveryFileIsToldAtOnce() {
    var files = new LinkedHashMap<String, String>();
    files.put("1.yaml", "kind: journy\nid: a\n");
    files.put("2.yaml", "kind: template\nid: Not Good\n");
    files.put("3.yaml", "kind: template\nid: twice\n---\nkind: template\nid: twice\n");
    files.put("4.yaml", "kind: key\nid: a\n");
    files.put("5.yaml", "kind: template\n");
    files.put("6.yaml", "a: [");

    var reply = apply(files);

    assertEquals(422, reply.status());
    assertEquals(
        List.of(
            "1.yaml:1:7 kind",
            "2.yaml:2:5 id",
            "3.yaml:5:5 id",
            "4.yaml:1:7 kind",
            "5.yaml:1:1 id",
            "6.yaml:1:5 "),
        errors(reply));
    assertTrue(reply.text().contains("stands in 3.yaml:2 already"), reply.text());
  }

  @Test
  void theEnginesReaderFindsWhatIsWrongWithAJourney() {
    var reply =
        apply(
            Map.of(
                "j.yaml",
                """
                kind: journey
                id: third-visit
                trigger:
                  did: Pricing Viewed
                  at-least: many
                  within: 24 hours
                conditon: {trait: plan, is: free}
                steps:
                  - wait: soon
                  - send: {channel: webhook}
                """));

    assertEquals(422, reply.status());
    assertEquals(
        List.of(
            "j.yaml:5:13 trigger.at-least",
            "j.yaml:6:11 trigger.within",
            "j.yaml:9:11 steps[0].wait",
            "j.yaml:10:5 steps[1].send.destination",
            "j.yaml:7:1 conditon"),
        errors(reply));
  }

  @Test
  void templatesAndDestinationsAreJudgedByTheirChannels() {
    var faulty = apply(Map.of("t.yaml", TEMPLATE + "colour: red\n"));
    assertEquals(List.of("t.yaml:8:9 colour"), errors(faulty));
    assertEquals("colour: expected no colour, found a colour.", faulty.at("detail").shown());

    var warned = apply(Map.of("t.yaml", TEMPLATE + "shape: odd\n"));
    assertEquals(200, warned.status());
    assertEquals(
        Json.parse(
            """
            [{"file": "t.yaml", "line": 8, "column": 8,
              "message": "shape: expected a circle, found a shape."}]
            """),
        warned.at("warnings"));
  }

  @Test
  void theSecretsOfADestinationAreSealedAndNeverShownAgain() {
    var text = "kind: destination\nid: crm\nchannel: webhook\nsecret: open-sesame\n";

    var created = apply(Map.of("d.yaml", text));
    var again = apply(Map.of("d.yaml", text));
    var changed = apply(Map.of("d.yaml", text.replace("sesame", "barley")));

    assertEquals(List.of("destination crm 0->1 create"), changes(created));
    assertEquals(List.of("destination crm 1->1 unchanged"), changes(again));
    assertEquals(List.of("destination crm 1->2 update"), changes(changed));
    assertEquals(
        "sealed yelrab-nepo",
        latest(DefinitionKind.DESTINATION, "crm").body().get("secret").shown());
    var shown = portal.get("/api/definitions/destination/crm");
    assertEquals("****", shown.at("body.secret").shown());
    for (var reply : List.of(created, again, changed, shown)) {
      assertFalse(reply.text().contains("sesame") || reply.text().contains("barley"));
      assertFalse(reply.text().contains("sealed"));
    }
  }

  @Test
  void aGeneratedSecretIsShownOnceAndNotInADryRun() {
    var text = "kind: destination\nid: crm\nchannel: webhook\n";

    var dry = send("?dryRun=true", false, Map.of("d.yaml", text));
    var created = apply(Map.of("d.yaml", text));
    var again = apply(Map.of("d.yaml", text));

    assertEquals(Value.Nothing.NOTHING, change(dry).get("secret"));
    assertEquals(TestSealing.GENERATED, change(created).get("secret").shown());
    assertEquals(Value.Nothing.NOTHING, change(again).get("secret"));
    assertEquals(List.of("destination crm 1->1 unchanged"), changes(again));
  }

  @Test
  void filesWithoutADefinitionAreAMistake() {
    assertEquals(List.of("empty.yaml:1:1 "), errors(apply(Map.of("empty.yaml", "# nothing\n"))));
  }

  @Test
  void tooManyFilesAndTooMuchTextAreRefused() {
    var many = new LinkedHashMap<String, String>();
    for (int i = 0; i <= 200; i++) {
      many.put(i + ".yaml", TEMPLATE);
    }
    assertEquals(413, apply(many).status());

    var large = new LinkedHashMap<String, String>();
    for (int i = 0; i < 5; i++) {
      large.put(i + ".yaml", "# " + "x".repeat(250_000));
    }
    assertEquals(413, apply(large).status());
    assertEquals(413, apply(Map.of("10mb.yaml", "x".repeat(10_000_000))).status());
  }

  @Test
  void requestsOfAnotherFormAreRefused() {
    assertEquals("bad_member", portal.post("/api/definitions/apply", Fields.EMPTY).code());
    assertEquals(
        "unknown_member",
        portal.post("/api/definitions/apply", Json.parse("{\"files\":[],\"fiels\":[]}")).code());
    assertEquals(
        "bad_member",
        portal.post("/api/definitions/apply", Json.parse("{\"files\":[{\"path\":\"a\"}]}")).code());
    assertEquals("malformed_json", portal.post("/api/definitions/apply", Value.of("a")).code());
  }

  @Test
  void applyingAtTheSameTimeNeverMakesTheSameVersionTwice() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies = new ArrayList<Future<Reply>>();
      for (int i = 0; i < 20; i++) {
        var text = TEMPLATE.replace("Hello", "Hello " + i);
        replies.add(threads.submit(() -> apply(Map.of("t.yaml", text))));
      }
      for (var reply : replies) {
        assertEquals(200, reply.get().status());
      }
    }

    var versions =
        portal.definitions().all().stream()
            .filter(one -> one.kind() == DefinitionKind.TEMPLATE)
            .map(Definition::version)
            .toList();
    assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), versions);
  }

  @Test
  void aDiskThatIsNearlyFullIsSaidToBe() {
    portal.definitions().fail(new NoRoom("The disk is nearly full."));

    var reply = apply(Map.of("t.yaml", TEMPLATE));

    assertEquals(503, reply.status());
    assertEquals("log_unavailable", reply.at("code").shown());
    assertEquals("The disk is nearly full.", reply.at("detail").shown());
    assertEquals("5", reply.header("Retry-After"));
  }

  @Test
  void whenAnotherNodesVersionStandsInItsPlaceTheCallerIsTold() {
    portal
        .definitions()
        .interfere(ours ->
            ours.stream()
                .map(one ->
                    new Definition(
                        one.workspace(),
                        one.kind(),
                        one.id(),
                        one.version(),
                        Fields.EMPTY,
                        false,
                        one.publishedAt(),
                        "key:other"))
                .toList());

    var reply = apply(Map.of("t.yaml", TEMPLATE));

    assertEquals(409, reply.status());
    assertEquals("publish_conflict", reply.code());
  }

  @Test
  void definitionsAreListedAndShown() {
    apply(Map.of("t.yaml", TEMPLATE));
    apply(Map.of("t.yaml", TEMPLATE.replace("Hello", "Good day")));

    assertEquals(1, items(portal.get("/api/definitions").at("definitions")).size());
    assertEquals(0, items(portal.get("/api/definitions?kind=journey").at("definitions")).size());
    assertEquals(
        "Good day", portal.get("/api/definitions/template/case-study").at("body.subject").shown());
    assertEquals(
        "Hello",
        portal.get("/api/definitions/template/case-study?version=1").at("body.subject").shown());
    assertEquals(404, portal.get("/api/definitions/template/case-study?version=3").status());
    assertEquals(404, portal.get("/api/definitions/template/nothing").status());
  }

  @Test
  void keysAreNotShownAsDefinitions() {
    var id = portal.adminKey().substring(3, 11);

    assertEquals(400, portal.get("/api/definitions?kind=key").status());
    assertEquals(400, portal.get("/api/definitions/key/" + id).status());
  }

  @Test
  void anotherWorkspaceSeesNothingOfThisOne() {
    apply(Map.of("t.yaml", TEMPLATE));
    var foreign = portal.key("other", KeyRole.ADMIN);

    var list =
        portal.send(
            portal.request("/api/definitions").header("Authorization", "Bearer " + foreign).GET());
    var one =
        portal.send(
            portal
                .request("/api/definitions/template/case-study")
                .header("Authorization", "Bearer " + foreign)
                .GET());

    assertEquals(0, items(list.at("definitions")).size());
    assertEquals(404, one.status());
  }

  private Reply apply(Map<String, String> files) {
    return send("", false, files);
  }

  private Reply send(String query, boolean prune, Map<String, String> files) {
    var items =
        files.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .<Value>map(file ->
                new Fields(
                    Map.of("path", Value.of(file.getKey()), "text", Value.of(file.getValue()))))
            .toList();
    return portal.post(
        "/api/definitions/apply" + query,
        new Fields(Map.of("files", new Items(items), "prune", Value.of(prune))));
  }

  private Definition latest(DefinitionKind kind, String id) {
    return portal.definitions().latest(TestPortal.WORKSPACE, kind, id).orElseThrow();
  }

  private static List<String> changes(Reply reply) {
    return items(reply.at("changes")).stream()
        .map(change ->
            change.get("kind").shown()
                + " "
                + change.get("id").shown()
                + " "
                + (change.get("from").shown().isEmpty() ? "0" : change.get("from").shown())
                + "->"
                + change.get("to").shown()
                + " "
                + change.get("action").shown())
        .toList();
  }

  private static Fields change(Reply reply) {
    return items(reply.at("changes")).getFirst();
  }

  private static List<String> errors(Reply reply) {
    return items(reply.at("errors")).stream()
        .map(error ->
            error.get("file").shown()
                + ":"
                + error.get("line").shown()
                + ":"
                + error.get("column").shown()
                + " "
                + error.get("path").shown())
        .toList();
  }

  private static List<Fields> items(Value value) {
    return value instanceof Items(var items)
        ? items.stream().map(Fields.class::cast).toList()
        : List.of();
  }
}

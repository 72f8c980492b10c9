package dev.earshot.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.cli.FakeServer.Reply;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClientCommandsTest {

  private static final String APPLY = "POST /api/definitions/apply?dryRun=false";
  private static final String DRY_RUN = "POST /api/definitions/apply?dryRun=true";
  private static final String CHANGED =
      """
      {"applied":true,"changes":[
        {"kind":"journey","id":"tutorial","to":1,"action":"create","diff":"+id: tutorial\\n",
         "secret":"whsec_abc"},
        {"kind":"template","id":"hello","from":2,"to":3,"action":"update",
         "diff":"-subject: Hi\\n+subject: Hello\\n"},
        {"kind":"template","id":"bye","from":1,"to":1,"action":"unchanged","diff":""}],
       "warnings":[{"file":"hello.yaml","line":3,"column":1,"message":"nobody has a trait nick"}]}
      """;

  @TempDir private Path folder = Path.of("");
  private final FakeServer server = start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyCommandTeachesItsUse() {
    assertTeaches(Typed.commandLine(), List.of());
  }

  @Test
  void applySendsEveryDefinitionOfAFolderAndShowsWhatChanged() throws IOException {
    server.on(APPLY, CHANGED);
    write("a.yaml", "kind: journey\n");
    write("deep/b.yml", "kind: template\n");
    write("node_modules/c.yaml", "no");
    write(".hidden/d.yaml", "no");
    write("package.json", "{}");

    var typed = Typed.at(server, "apply", "-f", folder.toString());

    assertEquals(0, typed.exitCode(), typed::err);
    var request = body(0);
    assertEquals(Value.of(false), request.get("prune"));
    assertEquals(
        List.of(folder.resolve("a.yaml").toString(), folder.resolve("deep/b.yml").toString()),
        Shown.items(request.get("files")).stream().map(file -> file.get("path").shown()).toList());
    assertEquals(
        "kind: journey\n", Shown.items(request.get("files")).getFirst().get("text").shown());
    assertEquals("Bearer sk_test", server.asked().getFirst().key());
    assertEquals(
        """
        + create journey tutorial  version 1
            +id: tutorial
            its secret, shown only now: whsec_abc
        ~ update template hello  version 2 → 3
            -subject: Hi
            +subject: Hello
        warning: hello.yaml:3:1: nobody has a trait nick
        Applied: 1 created, 1 updated, 1 unchanged.
        """,
        typed.out());
  }

  @Test
  void aDryRunAppliesNothing() throws IOException {
    server.on(DRY_RUN, CHANGED);
    var file = write("a.yaml", "kind: journey\n");

    var typed = Typed.at(server, "apply", "-f", file.toString(), "--dry-run", "--prune");

    assertEquals(0, typed.exitCode(), typed::err);
    assertEquals(Value.of(true), body(0).get("prune"));
    assertTrue(
        typed
            .out()
            .endsWith("Dry run, nothing was applied: 1 to create, 1 to update, 1 unchanged.\n"),
        typed::out);
  }

  @Test
  void errorsAreToldWithFileLineAndColumn() throws IOException {
    server.on(
        APPLY,
        _ ->
            new Reply(
                422,
                """
                {"detail":"2 things are wrong.","code":"invalid_definitions","errors":[
                  {"file":"a.yaml","line":4,"column":9,"path":"trigger.within",
                   "expected":"a duration such as 24h","found":"\\"soon\\"","detail":"x"},
                  {"file":"b.yaml","line":1,"column":1,"path":"","expected":"","found":"",
                   "detail":"There is no kind."}]}
                """,
                Map.of()));

    var typed = Typed.at(server, "apply", "-f", write("a.yaml", "x").toString());

    assertEquals(1, typed.exitCode());
    assertEquals(
        """
        a.yaml:4:9: trigger.within: expected a duration such as 24h, found "soon"
        b.yaml:1:1: There is no kind.
        2 errors; nothing was applied.
        """,
        typed.err());
  }

  @Test
  void diffTellsABuildThatThereIsADifference() throws IOException {
    server.on(DRY_RUN, CHANGED);
    var file = write("a.yaml", "kind: journey\n").toString();

    assertEquals(0, Typed.at(server, "diff", "-f", file).exitCode());
    assertEquals(1, Typed.at(server, "diff", "-f", file, "--exit-code").exitCode());
    assertEquals(List.of(DRY_RUN, DRY_RUN), server.lines());
  }

  @Test
  void aFolderWithoutDefinitionsIsNamed() {
    var typed = Typed.at(server, "apply", "-f", folder.toString());

    assertEquals(1, typed.exitCode());
    assertEquals("earshot: There is no .yaml file in " + folder + ".\n", typed.err());
  }

  @Test
  void sendTellsWhatHappenedToWhom() {
    server.on("POST /v1/track?strict=1", "{\"success\":true,\"accepted\":1}");

    var typed =
        Typed.at(
            server,
            "send",
            "Pricing Viewed",
            "--user",
            "ada",
            "-p",
            "plan=pro",
            "-p",
            "seats=5",
            "-p",
            "zip=\"01234\"",
            "--id",
            "m1");

    assertEquals(0, typed.exitCode(), typed::err);
    assertEquals(
        Json.parse(
            """
            {"type":"track","messageId":"m1","userId":"ada","event":"Pricing Viewed",
             "properties":{"plan":"pro","seats":5,"zip":"01234"}}
            """),
        body(0));
    assertEquals("Accepted: Pricing Viewed of ada  id m1\n", typed.out());
  }

  @Test
  void sendTellsWhoAUserIsAndWhereTheyWork() {
    server.on("POST /v1/identify?strict=1", "{\"success\":true}");
    server.on("POST /v1/group?strict=1", "{\"success\":true}");

    Typed.at(server, "send", "identify", "-u", "ada", "-p", "plan=free", "--id", "m1");
    Typed.at(
        server, "send", "group", "-u", "ada", "-g", "acme", "-p", "employees=80", "--id", "m2");

    assertEquals(
        Json.parse(
            "{\"type\":\"identify\",\"messageId\":\"m1\",\"userId\":\"ada\",\"traits\":{\"plan\":\"free\"}}"),
        body(0));
    assertEquals(
        Json.parse(
            """
            {"type":"group","messageId":"m2","userId":"ada","groupId":"acme",
             "traits":{"employees":80}}
            """),
        body(1));
  }

  @Test
  void anEventOfNobodyIsWrongUse() {
    var typed = Typed.at(server, "send", "Signed Up");

    assertEquals(2, typed.exitCode());
    assertTrue(typed.err().startsWith("Whose event is it?"), typed::err);
    assertEquals(List.of(), server.asked());
  }

  @Test
  void anEventThatIsNotAcceptedIsAProblem() {
    server.on(
        "POST /v1/track?strict=1",
        _ -> Reply.problem(422, "not_all_accepted", "1 of 1 events not accepted."));

    var typed = Typed.at(server, "send", "X", "--user", "ada");

    assertEquals(1, typed.exitCode());
    assertEquals("earshot: 1 of 1 events not accepted. (not_all_accepted)\n", typed.err());
  }

  @Test
  void tailPrintsARecordALine() {
    server.on(
        "GET /api/tail/events?follow=false&fromBeginning=true&user=ada%20l&name=Signed%20Up",
        """
        {"at":"2026-01-31T12:00:00.120Z","topic":"events","partition":0,"offset":7,\
        "key":"default|u:ada l","kind":"event",\
        "value":{"kind":"event","name":"Signed Up","properties":{"plan":"free"}}}

        {"at":"2026-01-31T12:00:01.000Z","key":"default|u:ada l","kind":"decision",\
        "value":{"journey":"tutorial","verdict":"not-entered","gates":[\
        {"name":"trigger","passed":true,"explanation":"it happened","seen":{}},\
        {"name":"condition","passed":false,"explanation":"trait plan is missing","seen":{}}]}}
        """);

    var typed =
        Typed.at(
            server,
            "tail",
            "events",
            "--no-follow",
            "--from-beginning",
            "--user",
            "ada l",
            "--name",
            "Signed Up");

    assertEquals(0, typed.exitCode(), typed::err);
    var lines = typed.out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).endsWith(".120  ada l  Signed Up  plan=free"), typed::out);
    assertTrue(lines.get(1).endsWith("  tutorial  not entered: trait plan is missing"), typed::out);
  }

  @Test
  void whatAStrangerSentCannotSteerTheTerminal() {
    server.on(
        "GET /api/tail/events?follow=false&fromBeginning=false",
        """
        {"kind":"event","value":{"name":"\\u001b[2Jgone\\u0007\\r\\u009b1m","properties":{}}}
        """);

    assertEquals(
        "    [2Jgone1m", Typed.at(server, "tail", "events", "--no-follow").out().stripTrailing());
  }

  @Test
  void tailForProgramsPrintsTheRecordsAsTheyAre() {
    var line = "{\"at\":\"2026-01-31T12:00:00.120Z\",\"kind\":\"event\",\"value\":{}}";
    server.on("GET /api/tail/facts?follow=false&fromBeginning=false", line + "\n");

    assertEquals(line + "\n", Typed.at(server, "tail", "facts", "--no-follow", "--json").out());
  }

  @Test
  void aStreamThatTheServerEndsIsAProblem() {
    server.on("GET /api/tail/facts?follow=true&fromBeginning=false", "");

    var typed = Typed.at(server, "tail", "facts");

    assertEquals(1, typed.exitCode());
    assertEquals("earshot: The server ended the stream.\n", typed.err());
  }

  @Test
  void personShowsWhatIsKnownAndWhatHappened() {
    server.on(
        "GET /api/people/ada",
        """
        {"id":"ada","lastSeenAt":"2026-01-31T12:00:00.000Z","profile":{"plan":"free"},
         "accounts":[{"id":"acme","traits":{"employees":80}}],
         "metrics":[{"event":"Pricing Viewed","count":3,"lastAt":"2026-01-31T12:00:00.000Z"}],
         "runs":[{"journey":"welcome","node":"steps[1]","since":"2026-01-31T12:00:00.000Z"}],
         "visits":[{"journey":"welcome","times":1,"enteredAt":"2026-01-31T12:00:00.000Z"}],
         "anonymousIds":["browser-1"]}
        """);
    server.on(
        "GET /api/people/ada/timeline?limit=5",
        """
        {"entries":[{"at":"2026-01-31T12:00:00.000Z","kind":"made","key":"default|u:ada",
          "value":{"name":"Journey Entered","properties":{"journey":"welcome"}}}]}
        """);

    var typed = Typed.at(server, "person", "ada", "--timeline", "5");

    assertEquals(0, typed.exitCode(), typed::err);
    for (var part :
        List.of(
            "ada  last seen 2026-01-31",
            "  plan                    free",
            "Account acme\n  employees               80",
            "  Pricing Viewed          3 times, last 2026-01-31",
            "  welcome                 at steps[1] since 2026-01-31",
            "  welcome                 entered 1 time, last 2026-01-31",
            "  browser-1",
            "  Journey Entered  journey=welcome")) {
      assertTrue(typed.out().contains(part), () -> part + " is not in\n" + typed.out());
    }
  }

  @Test
  void whyExplainsEveryGateOfADecision() {
    server.on(
        "GET /api/people/ada/decisions?journey=case-study&limit=10",
        """
        {"decisions":[{"id":"d1","journey":"case-study","version":2,"cause":"m3",
          "verdict":"not-entered","at":"2026-01-31T12:00:00.000Z","gates":[
          {"name":"trigger count","passed":true,"explanation":"3 of 3 within 24 h","seen":{"count":3}},
          {"name":"condition","passed":false,
           "explanation":"account employees is 12 (wanted: at least 50)","seen":{"employees":12}}]}]}
        """);

    var typed = Typed.at(server, "why", "ada", "case-study");

    assertEquals(0, typed.exitCode(), typed::err);
    assertTrue(typed.out().startsWith("case-study version 2  not entered  2026-01-31"), typed::out);
    assertTrue(
        typed
            .out()
            .contains(
                """
                  ✓ trigger count: 3 of 3 within 24 h
                      count=3
                  ✗ condition: account employees is 12 (wanted: at least 50)
                      employees=12
                    because of m3
                """),
        typed::out);
  }

  @Test
  void whySaysWhenNothingWasDecided() {
    server.on("GET /api/people/ada/decisions?limit=10", "{\"decisions\":[]}");

    assertEquals(
        "No journey has decided anything about ada yet: no trigger matched an event of theirs."
            + " ./earshot person ada shows what they did.\n",
        Typed.at(server, "why", "ada").out());
  }

  @Test
  void theMailboxListsAndShowsMail() {
    server.on(
        "GET /api/mailbox?limit=20",
        """
        {"mails":[{"id":"m@x","at":"2026-01-31T12:00:00.000Z","to":"ada@example.com",
          "subject":"Hello"}]}
        """);
    server.on(
        "GET /api/mailbox/m%40x",
        """
        {"id":"m@x","at":"2026-01-31T12:00:00.000Z","from":"a@b.c","to":"ada@example.com",
         "subject":"Hello",
         "html":"<head><style>p{}</style></head><p>Dear&nbsp;Ada,</p>\\n<p>look <a href='https://x.y'>here</a> &amp; there</p>"}
        """);

    var list = Typed.at(server, "mailbox");
    var shown = Typed.at(server, "mailbox", "show", "m@x");

    assertTrue(list.out().contains("ada@example.com  Hello    m@x"), list::out);
    assertTrue(
        shown.out().startsWith("From: a@b.c\nTo: ada@example.com\nSubject: Hello\n"), shown::out);
    assertTrue(
        shown.out().endsWith("\n\nDear Ada,\n\nlook here (https://x.y) & there\n"), shown::out);
    assertTrue(Typed.at(server, "mailbox", "show", "m@x", "--html").out().startsWith("<head>"));
  }

  @Test
  void theDeadAreListedByFilter() {
    server.on(
        "GET /api/deliveries?state=dead&destination=crm&reason=503&limit=20",
        """
        {"deliveries":[{"id":"d1","at":"2026-01-31T12:00:00.000Z","journey":"welcome",
          "destination":"crm","attempts":8,"reason":"status 503"}]}
        """);

    var typed = Typed.at(server, "dead", "list", "--destination", "crm", "--reason", "503");

    assertEquals(0, typed.exitCode(), typed::err);
    assertTrue(typed.out().contains("welcome  crm  8         status 503  d1"), typed::out);
  }

  @Test
  void oneDeadDeliveryIsRedrivenUnderItsId() {
    server.on("POST /api/deliveries/a%7Cb%2F1/redrive", "{\"id\":\"a|b/1\"}");

    var typed = Typed.at(server, "dead", "redrive", "a|b/1");

    assertEquals("Redriven a|b/1.\n", typed.out(), typed::err);
  }

  @Test
  void manyAreCountedBeforeTheyAreRedriven() {
    server.on("POST /api/deliveries/redrive", "{\"count\":12}");

    var typed =
        Typed.at(server, "dead", "redrive", "--destination", "crm", "--per-second", "20", "--yes");

    assertEquals(0, typed.exitCode(), typed::err);
    assertEquals("Redriving 12 dead deliveries.\n", typed.out());
    assertEquals(
        List.of(
            Json.parse("{\"destination\":\"crm\",\"perSecond\":20,\"dryRun\":true}"),
            Json.parse("{\"destination\":\"crm\",\"perSecond\":20,\"dryRun\":false}")),
        List.of(body(0), body(1)));
  }

  @Test
  void nothingIsDiscardedWithoutConsent() {
    server.on("POST /api/deliveries/discard", "{\"count\":1}");

    var typed = Typed.at(server, "dead", "discard", "--all");

    assertEquals(1, typed.exitCode());
    assertEquals(
        "earshot: Discard 1 dead delivery? Nobody is there to answer: say --yes.\n", typed.err());
    assertEquals(List.of(Json.parse("{\"dryRun\":true}")), List.of(body(0)));
    assertEquals(1, server.asked().size());
  }

  @Test
  void anOrderWithoutATargetIsWrongUse() {
    assertEquals(2, Typed.at(server, "dead", "redrive").exitCode());
    assertEquals(2, Typed.at(server, "dead", "redrive", "d1", "--all").exitCode());
  }

  @Test
  void keysAreListedMadeAndRevoked() {
    server.on(
        "GET /api/keys",
        """
        {"keys":[{"id":"4fJq2LxA","role":"write","last4":"9xYz","origins":["https://a.example"],
          "createdAt":"2026-01-31T12:00:00.000Z","createdBy":"first start"}]}
        """);
    server.on("POST /api/keys", "{\"key\":\"wk_secret\",\"id\":\"secret00\",\"role\":\"write\"}");
    server.on("DELETE /api/keys/4fJq2LxA", "{\"id\":\"4fJq2LxA\",\"revoked\":true}");

    assertTrue(Typed.at(server, "keys").out().contains("4fJq2LxA  write  …9xYz"));
    var made = Typed.at(server, "keys", "create", "--origin", "https://a.example");
    assertEquals("wk_secret\n", made.out());
    assertEquals("Keep it now: it is not shown again.\n", made.err());
    assertEquals("Revoked 4fJq2LxA.\n", Typed.at(server, "keys", "revoke", "4fJq2LxA").out());
    assertEquals(Json.parse("{\"role\":\"write\",\"origins\":[\"https://a.example\"]}"), body(1));
  }

  @Test
  void aServerThatIsNotThereIsSaidToBe() {
    var url = server.url();
    server.close();

    var typed = Typed.of("keys", "--server", url, "--key", "sk_test");

    assertEquals(1, typed.exitCode());
    assertEquals(
        "earshot: Nothing answers at "
            + url
            + ". Start Earshot with ./earshot up, or name its address with --server or"
            + " EARSHOT_SERVER.\n",
        typed.err());
  }

  @Test
  void aServerThatIsStartingSaysWhenToComeBack() {
    server.on(
        "GET /api/keys",
        _ -> new Reply(503, "{\"detail\":\"Starting.\"}", Map.of("Retry-After", "2")));

    assertEquals("earshot: Starting. Try again in 2 s.\n", Typed.at(server, "keys").err());
  }

  @Test
  void aWrongKeyIsSaidToBe() {
    server.on("GET /api/keys", _ -> Reply.problem(401, "unknown_key", "Nobody has this key."));

    assertEquals(
        "earshot: The server at "
            + server.url()
            + " does not accept this key: Nobody has this key. (unknown_key)\n",
        Typed.at(server, "keys").err());
  }

  @Test
  void theKeyOfTheDataDirectoryIsUsedAndItsAbsenceNamed() throws IOException {
    server.on("GET /api/keys", "{\"keys\":[]}");
    var without = Typed.of("keys", "--server", server.url(), "--data-dir", folder.toString());
    write("admin-key", "sk_of_the_folder\n");

    assertEquals(1, without.exitCode());
    assertTrue(without.err().startsWith("earshot: No admin key: there is none in "), without::err);
    assertEquals(
        0, Typed.of("keys", "--server", server.url(), "--data-dir", folder.toString()).exitCode());
    assertEquals("Bearer sk_of_the_folder", server.asked().getFirst().key());
  }

  @Test
  void anAnswerThatIsNoJsonIsNotGuessedAt() {
    server.on("GET /api/keys", "<html>It works!</html>");

    assertEquals(
        "earshot: The server answered 200, but not with JSON: <html>It works!</html>\n",
        Typed.at(server, "keys").err());
  }

  /** Each says what it does, and all but the plainest give an example. */
  private static void assertTeaches(CommandLine parent, List<String> path) {
    for (var command : parent.getSubcommands().values()) {
      var words = new ArrayList<>(path);
      words.add(command.getCommandName());
      var arguments = new ArrayList<>(words);
      arguments.add("--help");

      var typed = Typed.of(arguments.toArray(String[]::new));

      assertEquals(0, typed.exitCode(), words::toString);
      assertTrue(command.getCommandSpec().usageMessage().description().length > 0, words::toString);
      assertTrue(
          typed.out().contains("./earshot " + words.getFirst()) || words.getLast().equals("list"),
          typed::out);
      assertTeaches(command, words);
    }
  }

  private Fields body(int index) {
    return Json.parseFields(server.asked().get(index).body().getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static FakeServer start() {
    try {
      return new FakeServer();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

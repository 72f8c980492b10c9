package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop in a real process: an event over HTTP, a decision, a mail. */
@Tag("slow")
class LoopTest {

  private static final String STORY =
      """
      kind: template
      id: story
      channel: email
      subject: A story for {{ user.name }}
      text: "{{ event.plan }} is for companies of {{ account.employees }}."
      ---
      kind: journey
      id: story
      trigger: {did: Pricing Viewed, at-least: 3, within: 24h}
      condition:
        all:
          - {trait: plan, is: free}
          - {account: employees, at-least: 50}
      steps:
        - send: {channel: email, template: story}
      reentry: never
      """;

  @TempDir private Path folder;

  @Test
  void aMailGoesOutBecauseOfWhatAUserDid() throws Exception {
    var data = folder.resolve("data");
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      tell(visitor);

      assertEquals(List.of("A story for Ada"), subjects(visitor.awaitMails(1)));
      assertEquals(0, server.terminate());
    }
    for (var file : List.of("", "admin-key", "write-key", "secrets/broker-password")) {
      var permissions =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
      assertTrue(permissions.endsWith("------"), file + " " + permissions);
    }
  }

  @Test
  void whatIsDerivedFromTheLogComesBackTheSameAndNothingIsSentAgain() throws Exception {
    var data = folder.resolve("data");
    Value before;
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      tell(visitor);
      visitor.awaitMails(1);
      visitor.awaitCount("ada", "Message Delivered", 1);
      before = visitor.person("ada");
      assertEquals(0, server.terminate());
    }
    delete(data.resolve("streams"));
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      assertEquals(before, visitor.awaitPerson("ada"));
      look(visitor, "three");
      look(visitor, "four");
      visitor.awaitCount("ada", "Pricing Viewed", 4);
      assertEquals(1, visitor.mails().size());
    }
  }

  @Test
  void whatWasDoneBeforeACrashCountsAfterIt() throws Exception {
    var data = folder.resolve("data");
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      describe(visitor);
      look(visitor, "one");
      look(visitor, "two");
      server.kill();
    }
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      look(visitor, "two");
      look(visitor, "three");

      assertEquals(List.of("A story for Ada"), subjects(visitor.awaitMails(1)));
      visitor.awaitCount("ada", "Pricing Viewed", 3);
    }
  }

  @Test
  void aSignalUnderLoadLosesNothingThatWasAcknowledged() throws Exception {
    var data = folder.resolve("data");
    var crowd = new Crowd();
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      var sending = Thread.ofVirtual().start(() -> crowd.sendUntilTheServerIsGone(visitor));
      visitor.awaitCount("crowd", "Warmed Up", 1);
      assertEquals(0, server.terminate(), server::err);
      sending.join();
    }
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      visitor.awaitCount("crowd", "Clicked", crowd.acknowledged());
    }
  }

  @Test
  void theSameStoryHappensOnAClusterOfOnesOwn() throws Exception {
    var data = folder.resolve("data");
    try (var broker = BrokerProcess.start(folder.resolve("broker"));
        var server = Server.start(data, BrokerProcess.settings(broker)).awaitReady();
        var visitor = Visitor.of(server, data)) {
      tell(visitor);

      assertEquals(List.of("A story for Ada"), subjects(visitor.awaitMails(1)));
      assertTrue(Files.notExists(data.resolve("kafka")));
      assertEquals(0, server.terminate());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void tell(Visitor visitor) throws IOException, InterruptedException {
    describe(visitor);
    look(visitor, "one");
    look(visitor, "two");
    look(visitor, "three");
  }

  private static void describe(Visitor visitor) throws IOException, InterruptedException {
    visitor.apply(STORY);
    assertEquals(
        200,
        visitor.send(
            "identify",
            """
            {"userId": "ada",
             "traits": {"name": "Ada", "email": "ada@example.com", "plan": "free"}}
            """));
    assertEquals(
        200,
        visitor.send(
            "group",
            """
            {"userId": "ada", "groupId": "acme", "traits": {"employees": 80}}
            """));
  }

  private static void look(Visitor visitor, String id) throws IOException, InterruptedException {
    assertEquals(
        200,
        visitor.send(
            "track",
            """
            {"messageId": "%s", "userId": "ada", "event": "Pricing Viewed",
             "properties": {"plan": "pro"}}
            """
                .formatted(id)));
  }

  private static List<String> subjects(List<Value> mails) {
    return mails.stream()
        .map(mail -> mail instanceof Fields fields ? fields.get("subject").shown() : "")
        .toList();
  }
}

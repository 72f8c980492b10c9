package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 46 of the security checklist: what is secret, and what people say, is in no line of the log,
 * not even when everything is logged.
 */
class LogSecrecyTest {

  private static final String STORY =
      """
      kind: template
      id: story
      channel: email
      subject: MARKER {{ user.name }}
      text: "MARKER {{ event.secret }}"
      ---
      kind: destination
      id: crm
      channel: webhook
      url: https://127.0.0.1:9/MARKER
      headers: {Authorization: Bearer MARKER}
      retry: {attempts: 1}
      ---
      kind: journey
      id: story
      trigger: {event: MARKER Viewed}
      steps:
        - send: {channel: email, template: story}
        - send: {channel: webhook, destination: crm}
      reentry: always
      """;

  private static final String MARKED =
      "{\"messageId\": \"m-%d\", \"userId\": \"MARKER\", \"event\": \"MARKER Viewed\","
          + " \"properties\": {\"secret\": \"MARKER\"},"
          + " \"traits\": {\"name\": \"MARKER\", \"email\": \"MARKER@example.com\"}}";

  @TempDir private Path folder;

  @Test
  void nothingSecretIsInTheTextLog() throws Exception {
    assertFalse(logged("text").isBlank());
  }

  @Test
  void nothingSecretIsInTheJsonLog() throws Exception {
    for (var line : logged("json").lines().toList()) {
      Json.parseFields(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String logged(String format) throws Exception {
    var data = folder.resolve("data");
    try (var mails = MailServer.start();
        var server = Server.start(data, settings(mails, format)).awaitReady();
        var visitor = Visitor.of(server, data)) {
      var link = story(visitor, mails);
      mistakes(visitor);
      assertEquals(0, server.terminate());
      var log = server.err();
      assertTrue(log.contains("DEBUG"), "everything is logged");
      for (var secret : secrets(data, link)) {
        assertFalse(log.contains(secret), () -> lines(log, secret));
      }
      return log;
    }
  }

  /** All goes well: a mail goes out, a webhook does not, somebody unsubscribes. */
  private static String story(Visitor visitor, MailServer mails) throws Exception {
    visitor.apply(STORY);
    assertEquals(200, visitor.send("identify", MARKED.formatted(1)));
    mails.answer("450 4.2.1 MARKER is busy");
    assertEquals(200, visitor.send("track", MARKED.formatted(2)));
    mails.await(1);
    mails.answer("250 kept");
    assertEquals(200, visitor.send("track", MARKED.formatted(3)));
    var link = MailServer.link(mails.await(2));
    visitor.awaitDead();
    visitor.look(link);
    assertEquals(200, visitor.click(link));
    return link;
  }

  private static void mistakes(Visitor visitor) throws Exception {
    assertEquals(400, visitor.send("track", MARKED.formatted(4) + "MARKER"));
    assertEquals(200, visitor.send("group", MARKED.formatted(5)));
    assertEquals(400, visitor.send("track?MARKER=MARKER", "MARKER"));
    assertEquals(404, visitor.click("/u/MARKER"));
    visitor.look("/MARKER?key=MARKER");
    visitor.look("/api/people/MARKER?key=MARKER");
    visitor.look("/api/keys?MARKER=MARKER");
  }

  private static Map<String, String> settings(MailServer mails, String format) {
    var settings = new HashMap<>(mails.settings());
    settings.put("EARSHOT_SMTP_USERNAME", "MARKER");
    settings.put("EARSHOT_SMTP_PASSWORD", "MARKER");
    settings.put("EARSHOT_MASTER_KEY", "MARKER".repeat(6));
    settings.put("EARSHOT_PUBLIC_URL", "https://acme.example");
    settings.put("EARSHOT_WEBHOOK_ALLOW_PRIVATE", "127.0.0.0/8");
    settings.put("EARSHOT_LOG_LEVEL", "debug");
    settings.put("EARSHOT_LOG_FORMAT", format);
    return settings;
  }

  private static List<String> secrets(Path data, String link) throws Exception {
    var secrets = new ArrayList<>(List.of("MARKER", "Bearer", link.substring("/u/".length())));
    for (var file : List.of("write-key", "admin-key", "secrets/broker-password")) {
      secrets.add(Files.readString(data.resolve(file)).strip());
    }
    return secrets;
  }

  private static String lines(String log, String secret) {
    return log.lines().filter(line -> line.contains(secret)).limit(20).toList().toString();
  }
}

package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Earshot in several processes, each with a part of it, on a cluster of one's own. */
class RolesTest {

  private static final String STORY =
      """
      kind: template
      id: welcome
      channel: email
      subject: Welcome {{ user.name }}
      text: "Good that you are here."
      ---
      kind: journey
      id: welcome
      trigger: {event: Signed Up}
      steps:
        - send: {channel: email, template: welcome}
      reentry: always
      """;

  @TempDir private Path folder;

  @Test
  void aMailIsCollectedDecidedAndSentByThreeProcesses() throws Exception {
    try (var broker = broker();
        var mails = MailServer.start();
        var collecting = node(broker, "gateway", Map.of()).awaitReady();
        var deciding = node(broker, "engine, portal", Map.of()).awaitReady();
        var sending = node(broker, "channel", mails.settings()).awaitReady();
        var visitor = Visitor.of(collecting, deciding, folder.resolve("gateway"))) {
      visitor.apply(STORY);
      visitor.send(
          "identify",
          "{\"userId\": \"ada\", \"traits\": {\"name\": \"Ada\", \"email\": \"ada@example.com\"}}");
      visitor.send("track", "{\"userId\": \"ada\", \"event\": \"Signed Up\"}");

      var mail = mails.await(1);

      assertEquals("Welcome Ada", MailServer.header(mail, "Subject"));
      assertEquals(200, visitor.click(link(mail)), "the gateway knows whom the channel meant");
      visitor.send("track", "{\"userId\": \"ada\", \"event\": \"Signed Up\"}");
      visitor.awaitDecision("ada", "suppressed", "unsubscribed");
      for (var server : List.of(collecting, deciding, sending)) {
        assertEquals(200, status(server, "/ready"));
        assertEquals(200, status(server, "/health"));
      }
      assertEquals(404, status(collecting, "/"), "the gateway plays no portal");
      assertEquals(404, status(sending, "/v1/projects/x/settings"));
      for (var server : List.of(sending, deciding, collecting)) {
        assertEquals(0, server.terminate(), server::err);
      }
    }
  }

  @Test
  void anEngineAloneIsReadyAndDecides() throws Exception {
    try (var broker = broker();
        var deciding = node(broker, "engine", Map.of()).awaitReady()) {
      assertEquals(200, status(deciding, "/ready"));
      assertEquals(401, status(deciding, "/api/status"), "it answers those who have a key");
      assertTrue(deciding.out().contains("Durability of the cluster"));
      assertTrue(deciding.out().contains("Plays engine."), deciding::out);
      assertEquals(0, deciding.terminate(), deciding::err);
    }
  }

  private Server broker() throws IOException {
    return Server.run(BrokerProcess.class, Map.of(), List.of(folder.resolve("broker").toString()))
        .await("ready");
  }

  private Server node(Server broker, String roles, Map<String, String> more) throws IOException {
    var settings = new HashMap<>(BrokerProcess.settings(broker));
    settings.putAll(more);
    settings.put("EARSHOT_ROLES", roles);
    settings.put("EARSHOT_MASTER_KEY", "only-for-this-test-and-its-three-nodes");
    settings.put("EARSHOT_PUBLIC_URL", "https://acme.example");
    return Server.start(folder.resolve(roles.replace(", ", "-")), settings);
  }

  private static String link(String mail) {
    var link = MailServer.header(mail, "List-Unsubscribe");
    return URI.create(link.substring(1, link.length() - 1)).getPath();
  }

  private static int status(Server server, String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(server.url().resolve(path)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}

package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Earshot in several processes, each with a part of it, on a cluster of one's own. */
class RolesTest {

  @TempDir private Path folder;

  @Test
  void aMailIsCollectedDecidedAndSentByThreeProcesses() throws Exception {
    try (var broker = BrokerProcess.start(folder.resolve("broker"));
        var mails = MailServer.start();
        var collecting = node(broker, "gateway", Map.of()).awaitReady();
        var deciding = node(broker, "engine, portal", Map.of()).awaitReady();
        var sending = node(broker, "channel", mails.settings()).awaitReady();
        var visitor = Visitor.of(collecting, deciding, folder.resolve("gateway"))) {
      WelcomeStory.meet(visitor);
      WelcomeStory.signUp(visitor);

      var mail = mails.await(1);

      assertEquals("Welcome Ada", MailServer.header(mail, "Subject"));
      assertEquals(
          200, visitor.click(MailServer.link(mail)), "the gateway knows whom the channel meant");
      WelcomeStory.signUp(visitor);
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
    try (var broker = BrokerProcess.start(folder.resolve("broker"));
        var deciding = node(broker, "engine", Map.of()).awaitReady()) {
      assertEquals(200, status(deciding, "/ready"));
      assertEquals(401, status(deciding, "/api/status"), "it answers those who have a key");
      assertTrue(deciding.out().contains("Durability of the cluster"));
      assertTrue(deciding.out().contains("Plays engine."), deciding::out);
      assertEquals(0, deciding.terminate(), deciding::err);
    }
  }

  private Server node(Server broker, String roles, Map<String, String> more) throws IOException {
    var settings = new HashMap<>(BrokerProcess.settings(broker));
    settings.putAll(more);
    settings.put("EARSHOT_ROLES", roles);
    settings.put("EARSHOT_MASTER_KEY", "only-for-this-test-and-its-three-nodes");
    settings.put("EARSHOT_PUBLIC_URL", "https://acme.example");
    return Server.start(folder.resolve(roles.replace(", ", "-")), settings);
  }

  private static int status(Server server, String path) throws IOException, InterruptedException {
    return server.get(path).statusCode();
  }
}

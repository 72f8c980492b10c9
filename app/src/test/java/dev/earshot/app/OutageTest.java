package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is away for a while: callers hear so at once, and all goes on when it is back. */
@Tag("slow")
class OutageTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String EVENT =
      """
      {"userId": "ada", "event": "Pricing Viewed"}
      """;

  /** How long a request waits for a log that is thought to be there. */
  private static final Duration LOG_DEADLINE = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void aLogThatIsAwayIsSaidToBeAndComesBackByItself() throws Exception {
    var data = folder.resolve("data");
    try (var broker = BrokerProcess.start(folder.resolve("broker"));
        var server = Server.start(data, BrokerProcess.settings(broker)).awaitReady();
        var visitor = Visitor.of(server, data)) {
      assertEquals(200, visitor.send("track", EVENT));

      broker.freeze();
      awaitReady(server, 503);
      assertEquals("1", server.get("/ready").headers().firstValue("Retry-After").orElse(""));
      assertEquals(200, server.get("/health").statusCode());
      long start = System.nanoTime();
      assertEquals(503, visitor.send("track", EVENT));
      var waited = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(waited.compareTo(LOG_DEADLINE) < 0, () -> "it waited for the log: " + waited);

      broker.thaw();
      awaitReady(server, 200);
      assertEquals(200, visitor.send("track", EVENT));
      visitor.awaitCount("ada", "Pricing Viewed", 2);
      assertEquals(0, server.terminate());
    }
  }

  @Test
  void aFirstStartOnADiskThatIsNearlyFullSaysSo() throws Exception {
    var more = new String[] {"--set", "disk.reserve=1000000GB"};
    try (var server = Server.start(folder.resolve("data"), Map.of(), more)) {
      assertEquals(1, server.awaitEnd());
      assertEquals("", server.out());
      assertTrue(
          server
              .err()
              .contains(
                  "earshot: The first start makes keys. The server's disk is nearly full: somebody"
                      + " has to make room on it."),
          server::err);
    }
  }

  private void awaitReady(Server server, int status) {
    Awaitility.await("ready " + status)
        .atMost(PATIENCE)
        .until(() -> server.get("/ready").statusCode() == status);
  }
}

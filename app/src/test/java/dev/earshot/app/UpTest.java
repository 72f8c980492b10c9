package dev.earshot.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot be: each ends with one clear sentence and exit code 1, unless it was told. */
class UpTest {

  @TempDir private Path folder;

  @Test
  void aBusyPortIsSaidToBeBusyBeforeAnythingIsStarted() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      refused(
          "earshot: Port %d of 127.0.0.1 is in use. Stop what uses it, or choose another: --port %d."
              .formatted(port, port + 1),
          Map.of("EARSHOT_PORT", Integer.toString(port)),
          List.of("up", "--data-dir", folder.resolve("data").toString()));
      assertTrue(Files.notExists(folder.resolve("data/kafka")));
    }
  }

  @Test
  void dataOfAnotherVersionAreNotTouched() throws Exception {
    Files.writeString(folder.resolve("VERSION"), "99\n");

    refused(
        "earshot: The data directory %s is of data version 99, and this Earshot keeps version 2."
            .formatted(folder),
        Map.of(),
        List.of("up", "--port", "0", "--data-dir", folder.toString()));
    assertTrue(Files.notExists(folder.resolve("kafka")));
  }

  @Test
  void anUnknownSettingEndsTheStartWithItsNeighbour() throws Exception {
    refused(
        "earshot: The environment variable EARSHOT_SMTP_HOSTS is no setting; the nearest is"
            + " EARSHOT_SMTP_HOST.",
        Map.of("EARSHOT_SMTP_HOSTS", "mail.example"),
        List.of("up", "--data-dir", folder.toString()));
  }

  @Test
  void anErrorOfJavaEndsTheStartToo() throws Exception {
    var noSuchClass = Map.of("JAVA_TOOL_OPTIONS", "-Djavax.management.builder.initial=none");
    var arguments = List.of("up", "--port", "0", "--data-dir", folder.toString());
    try (var server = Server.run(noSuchClass, arguments)) {
      assertEquals(1, server.awaitEnd());
      assertTrue(server.err().contains("The start failed."), server.err());
    }
  }

  @Test
  void aStartThatIsToldToEndHasNotFailed() throws Exception {
    var arguments = List.of("up", "--port", "0", "--data-dir", folder.toString());
    try (var server = Server.run(Map.of(), arguments)) {
      await().until(() -> Files.exists(folder.resolve("kafka")));

      assertEquals(0, server.terminate());
      assertTrue(server.err().contains(" INFO  Life "), server.err());
    }
  }

  private static void refused(
      String sentence, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    try (var server = Server.run(environment, arguments)) {
      assertEquals(1, server.awaitEnd());
      assertEquals(sentence, server.err().strip());
      assertEquals("", server.out());
    }
  }
}

package dev.earshot.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.Bench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyCommandTest {

  @TempDir Path folder;

  @Test
  void everyEventIsFollowedToItsWebhook() throws IOException, InterruptedException {
    int port = freePort();
    FakeEarshot.main(
        new String[] {"up", "--data-dir", folder.toString(), "--port", Integer.toString(port)});
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);

    int status =
        Bench.run(
            List.of(
                "latency",
                "--server",
                "http://127.0.0.1:" + port,
                "--data-dir",
                folder.toString(),
                "--rates",
                "20,50",
                "--seconds",
                "1",
                "--warm-up",
                "1"),
            print,
            print);

    var text = out.toString(StandardCharsets.UTF_8);
    assertEquals(0, status, text);
    assertTrue(text.contains("20 events/s: 20 sent, 20 accepted, 20 webhooks arrived"), text);
    assertTrue(text.contains("50 events/s: 50 sent, 50 accepted, 50 webhooks arrived"), text);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

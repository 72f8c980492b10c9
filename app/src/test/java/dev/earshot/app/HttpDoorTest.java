package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.configuration.Configuration;
import dev.earshot.gateway.Gateway;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpDoorTest {

  private static final int CONNECTIONS = 8;

  private final Configuration configuration =
      Configuration.read(Optional.empty(), Map.of(), Map.of("port", "0"));
  private final HttpDoor door = open(configuration.server());
  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void leave() throws IOException {
    for (var client : clients) {
      client.close();
    }
    door.close();
  }

  @Test
  void connectionsAreSharedByAllEventLoops() throws Exception {
    door.front().open(request -> request.response().end(Thread.currentThread().getName()));

    var loops = new HashSet<String>();
    for (int client = 0; client < CONNECTIONS; client++) {
      loops.add(ask());
    }

    int expected = Math.min(CONNECTIONS, Math.max(2, Runtime.getRuntime().availableProcessors()));
    assertEquals(expected, loops.size(), loops.toString());
  }

  @Test
  void whoWasLetInIsAnsweredWhileTheDoorCloses() throws Exception {
    var asked = new CountDownLatch(1);
    var waiting = new ArrayList<HttpServerRequest>();
    door.front()
        .open(request -> {
          waiting.add(request);
          asked.countDown();
        });
    var answer = inBackground(this::ask);
    asked.await();

    var closing =
        inBackground(() -> {
          door.close();
          return "closed";
        });
    door.vertx().setTimer(200, _ -> waiting.getFirst().response().end("answered"));

    assertEquals("answered", answer.get());
    assertEquals("closed", closing.get());
  }

  @Test
  void aBusyPortIsOneSentence() {
    var server = configuration.server();
    var taken =
        new Configuration.Server(
            server.host(), door.url().getPort(), server.publicUrl(), server.trustedProxies());

    var failure = assertThrows(CommandFailure.class, () -> open(taken));

    assertTrue(String.valueOf(failure.getMessage()).contains("is in use"), failure.getMessage());
  }

  /** On a connection of its own, which stays open. */
  private String ask() throws IOException {
    var client = new Socket(door.url().getHost(), door.url().getPort());
    clients.add(client);
    client
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    var in = client.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    var length = Pattern.compile("content-length: (\\d+)").matcher(head);
    assertTrue(length.find(), head.toString());
    return new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.US_ASCII);
  }

  private static HttpDoor open(Configuration.Server server) {
    var config = GatewaySettings.of(Configuration.read(Optional.empty(), Map.of(), Map.of()));
    return HttpDoor.open(
        server, Gateway.serverOptions(), Gateway.connections(config, new SimpleMeterRegistry()));
  }

  private static FutureTask<String> inBackground(Callable<String> work) {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }
}

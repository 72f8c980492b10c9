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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpDoorTest {

  private static final int CONNECTIONS = 8;

  private final Configuration configuration =
      Configuration.read(Optional.empty(), Map.of(), Map.of("port", "0"));
  private final HttpDoor door = open(configuration.server());

  @AfterEach
  void close() {
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

  /** On a connection of its own. */
  private String ask() throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var request = HttpRequest.newBuilder(door.url()).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
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

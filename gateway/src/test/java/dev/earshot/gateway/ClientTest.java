package dev.earshot.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.TrackMessage;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clients of others, as their makers publish them, against a real server. */
@Tag("slow")
class ClientTest {

  private static final Path NODE_SOURCES = Path.of("src/test/node");
  private static final Path NODE_INSTALLED = Path.of("target/node");

  private final TestServer server = TestServer.standard();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theSegmentClientForJavaIsHeard() {
    var analytics = Analytics.builder("WK_TEST").endpoint(server.url()).build();
    analytics.enqueue(IdentifyMessage.builder().userId("u1").traits(Map.of("plan", "pro")));
    analytics.enqueue(
        TrackMessage.builder("Pricing Viewed").userId("u1").properties(Map.of("price", 9.5)));
    analytics.flush();

    await().atMost(30, SECONDS).until(() -> server.log.events.size() == 2);
    analytics.shutdown();

    assertEquals(
        List.of("User Identified", "Pricing Viewed"),
        server.log.events.stream().map(Event::name).toList());
    assertEquals("{\"price\":9.5}", server.log.events.getLast().properties().toString());
    assertEquals(
        "analytics-java", server.log.events.getLast().context().at("library.name").shown());
  }

  @Test
  void theCloudEventsClientForJavaIsHeardInBothModes() throws Exception {
    var event =
        CloudEventBuilder.v1()
            .withId("e1")
            .withSource(URI.create("/shop"))
            .withType("com.acme.order.completed")
            .withSubject("Zoe \"Z\" 100%")
            .withExtension("partitionkey", "p")
            .withData("application/json", "{\"total\":12.5}".getBytes(StandardCharsets.UTF_8))
            .build();

    assertEquals(202, send(event, true));
    assertEquals(202, send(event, false));

    assertEquals(2, server.log.events.size());
    for (var received : server.log.events) {
      assertEquals("/shop|e1", received.id());
      assertEquals("Zoe \"Z\" 100%", received.userId());
      assertEquals("{\"total\":12.5}", received.properties().toString());
      assertEquals("p", received.context().at("cloudEvent.partitionkey").shown());
    }
  }

  private int send(CloudEvent event, boolean binary) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/cloudevents"))
            .header("Authorization", "Bearer WK_TEST");
    var writer =
        HttpMessageFactory.createWriter(
            request::header, body -> request.POST(BodyPublishers.ofByteArray(body)));
    if (binary) {
      writer.writeBinary(event);
    } else {
      writer.writeStructured(event, new JsonFormat());
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void theClientsForNodeAreHeardWhereThereIsNode() throws Exception {
    if (!runs("npm", "--version")) {
      System.out.println("clients for Node: 0 ran, as there is no Node here");
      return;
    }
    install();

    var said = output("node", "clients.mjs", server.url(), TestServer.WRITE_KEY);

    var ran = said.lines().filter(line -> line.startsWith("ran ")).toList();
    System.out.println("clients for Node: " + ran.size() + " ran");
    assertEquals(List.of("ran @segment/analytics-node", "ran cloudevents"), ran, said);
    assertEquals(
        List.of(EventType.values().length + 2),
        List.of(server.log.events.size()),
        () -> server.log.events.toString());
    assertEquals(List.of(), server.log.quarantined);
    assertTrue(
        server.log.events.stream().anyMatch(event -> event.id().equals("/shop|node-binary")));
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(NODE_INSTALLED);
    for (var file : List.of("package.json", "package-lock.json", "clients.mjs")) {
      Files.copy(
          NODE_SOURCES.resolve(file),
          NODE_INSTALLED.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    boolean installed = Files.exists(NODE_INSTALLED.resolve("node_modules/.package-lock.json"));
    if (!installed) {
      output("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return process(command).waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    var process = process(command);
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static Process process(String... command) throws IOException {
    Files.createDirectories(NODE_INSTALLED);
    return new ProcessBuilder(command)
        .directory(NODE_INSTALLED.toFile())
        .redirectErrorStream(true)
        .start();
  }
}

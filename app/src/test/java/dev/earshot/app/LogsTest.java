package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.io.Reader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a life from start to end: lines about events, and no noise of Kafka's. */
@Tag("slow")
class LogsTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final Value INFO = Value.of("INFO");

  /** A machine that is held up for seconds is told of, truly: by the pulse of the log. */
  private static final Pattern LINE =
      Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (INFO  [A-Za-z]+|WARN  Pulse) .+");

  private static final Value PULSE = Value.of("dev.earshot.stream.log.Pulse");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void linesOfTextBearTheIdsOfEventAndTrace() throws Exception {
    var lines = live("text");

    assertEquals(List.of(), lines.stream().filter(line -> !LINE.matcher(line).matches()).toList());
    assertTrue(
        lines.stream()
            .anyMatch(line ->
                line.contains(" event=bad\\r\\n1 ") && line.contains(" trace=" + TRACE + " ")),
        lines::toString);
    assertFalse(lines.toString().contains("wk_"), lines::toString);
  }

  @Test
  void linesOfJsonBearTheIdsOfEventAndTrace() throws Exception {
    var lines = live("json").stream().map(LogsTest::fields).toList();

    assertEquals(
        List.of(),
        lines.stream()
            .filter(line -> !line.at("level").equals(INFO) && !line.at("logger").equals(PULSE))
            .toList());
    assertTrue(
        lines.stream()
            .anyMatch(line ->
                line.at("context.event").equals(Value.of("bad\r\n1"))
                    && line.at("context.trace").equals(Value.of(TRACE))),
        lines::toString);
  }

  private static Fields fields(String line) {
    return Json.parseFields(line.getBytes(StandardCharsets.UTF_8));
  }

  /** The lines of a life in which a good and a bad event are sent, and the good one is decided. */
  private List<String> live(String format) throws Exception {
    var data = folder.resolve("data");
    try (var server = Server.start(data, Map.of("EARSHOT_LOG_FORMAT", format)).awaitReady()) {
      send(server, data, "{\"messageId\":\"good\",\"userId\":\"ada\",\"event\":\"Signed Up\"}");
      send(server, data, "{\"messageId\":\"bad\\r\\n1\",\"userId\":\"ada\"}");
      assertEquals(TRACEPARENT, traceOfFirstFact(data));
      assertEquals(0, server.terminate());
      assertFalse(Files.exists(data.resolve("kafka-client.properties")));
      return server.err().lines().toList();
    }
  }

  private void send(Server server, Path data, String json) throws Exception {
    var key = Files.readString(data.resolve("write-key")).strip();
    var request =
        HttpRequest.newBuilder(server.url().resolve("/v1/track"))
            .header("Authorization", "Bearer " + key)
            .header("traceparent", TRACEPARENT)
            .POST(BodyPublishers.ofString(json))
            .build();
    assertEquals(200, client.send(request, BodyHandlers.discarding()).statusCode());
  }

  /** As a team's own client reads it. */
  private static String traceOfFirstFact(Path data) throws Exception {
    var settings = new Properties();
    try (Reader file = Files.newBufferedReader(data.resolve("kafka-client.properties"))) {
      settings.load(file);
    }
    settings.put("group.id", "a-team");
    settings.put("auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("facts"));
      var first =
          Awaitility.await("a fact")
              .atMost(Duration.ofMinutes(1))
              .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
              .iterator()
              .next();
      return new String(first.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8);
    }
  }
}

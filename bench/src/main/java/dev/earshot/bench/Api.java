package dev.earshot.bench;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The management API of the server, as a user would call it. */
final class Api implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Target target;

  Api(Target target) {
    this.target = target;
  }

  /** Publishes definitions, each a file of its own. */
  void apply(Map<String, String> files) {
    var document = new JsonWriter(1024).open().name("files").openItems();
    files.forEach(
        (path, text) -> document.open().member("path", path).member("text", text).close());
    var body = document.closeItems().close().bytes();
    var request =
        request("/api/definitions/apply")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    var response = send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new BenchFailure("The definitions were not taken: " + response.body());
    }
  }

  Fields status() {
    var response = send(request("/api/status").build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new BenchFailure(
          "The server does not tell its status: "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return Json.parseFields(response.body());
  }

  /** Shows every fact of the log, as one line of JSON each. */
  void facts(Consumer<String> visitor) {
    var path = "/api/tail/facts?fromBeginning=true&follow=false";
    var response = send(request(path).build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw new BenchFailure("The server does not tell its facts: " + lines.toList());
      }
      lines.forEach(visitor);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(target.server() + path))
        .timeout(TIMEOUT)
        .header("authorization", "Bearer " + target.adminKey());
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new BenchFailure("No server answers at " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", e);
    }
  }
}

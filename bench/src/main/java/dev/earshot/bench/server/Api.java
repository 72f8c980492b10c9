package dev.earshot.bench.server;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Whole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The management API of the server, as a user would call it. */
public final class Api implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Target target;

  public Api(Target target) {
    this.target = target;
  }

  /** Publishes definitions, each a file of its own. */
  public void apply(Map<String, String> files) {
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

  public Fields status() {
    return get("/api/status");
  }

  /** What the server has taken on and not ended, as far as it says so. */
  public Left left() {
    try {
      return status().get("partitions") instanceof Items(var partitions) && !partitions.isEmpty()
          ? new Left(undecided(partitions), open("in-flight"), open("waiting"))
          : Left.UNTOLD;
    } catch (BenchFailure e) {
      return Left.UNTOLD;
    }
  }

  /** How many records of the log the server has not decided about; less than 0 when untold. */
  public long undecided() {
    try {
      return status().get("partitions") instanceof Items(var partitions) && !partitions.isEmpty()
          ? undecided(partitions)
          : Left.UNTOLD.undecided();
    } catch (BenchFailure e) {
      return Left.UNTOLD.undecided();
    }
  }

  private static long undecided(List<Value> partitions) {
    return partitions.stream().mapToLong(partition -> whole(partition, "lag")).sum();
  }

  private long open(String state) {
    return whole(get("/api/deliveries?limit=1&state=" + state), "count");
  }

  private static long whole(Value value, String name) {
    return value instanceof Fields fields && fields.get(name) instanceof Whole(var number)
        ? number
        : 0;
  }

  /** The sum of a metric over its labels; not a number when the server has none of that name. */
  public double metric(String name) {
    return new String(body("/metrics"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }

  private Fields get(String path) {
    return Json.parseFields(body(path));
  }

  private byte[] body(String path) {
    var response = send(request(path).build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new BenchFailure(
          "GET "
              + path
              + " is answered with "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** How many deliveries to a destination were given up. */
  public long dead(String destination) {
    return whole(get("/api/deliveries?limit=1&state=dead&destination=" + destination), "count");
  }

  /** Whether the key is in force already. */
  boolean knowsKey() {
    return send(request("/api/status").build(), BodyHandlers.discarding()).statusCode() == 200;
  }

  /** Shows every record of a topic that there is, as one line of JSON each. */
  public void tail(String topic, Consumer<String> visitor) {
    var path = "/api/tail/" + topic + "?fromBeginning=true&follow=false";
    var response = send(request(path).build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw new BenchFailure("The server does not show " + topic + ": " + lines.toList());
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

package dev.earshot.app;

import dev.earshot.app.cli.Api;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Somebody who uses a server over HTTP, with the keys that its first start left. */
final class Visitor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI server;
  private final String writeKey;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Api api;

  private Visitor(URI server, String writeKey, String adminKey) {
    this.server = server;
    this.writeKey = writeKey;
    this.api = new Api(server, () -> adminKey);
  }

  static Visitor of(Server running, Path data) throws IOException {
    return new Visitor(
        running.url(),
        Files.readString(data.resolve("write-key")).strip(),
        Files.readString(data.resolve("admin-key")).strip());
  }

  void apply(String yaml) {
    var file = new Fields(Map.of("path", Value.of("story.yaml"), "text", Value.of(yaml)));
    api.post("/api/definitions/apply", new Fields(Map.of("files", new Items(List.of(file)))));
  }

  /** Sends one call of the Segment protocol, and returns the status of the answer. */
  int send(String call, String json) throws IOException, InterruptedException {
    var basic =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(server.resolve("/v1/" + call))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** The mails that were kept, newest first, once there are at least as many. */
  List<Value> awaitMails(int count) {
    return Awaitility.await("mails")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(this::mails, mails -> mails.size() >= count);
  }

  List<Value> mails() {
    return api.get("/api/mailbox") instanceof Fields answer
            && answer.get("mails") instanceof Items(var mails)
        ? mails
        : List.of();
  }

  /** Returns once it is decided that a user did something at least as often. */
  void awaitCount(String user, String event, long least) {
    Awaitility.await(event + " of " + user)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> count(user, event) >= least);
  }

  private long count(String user, String event) {
    if (api.get("/api/people/" + user) instanceof Fields person
        && person.get("metrics") instanceof Items(var metrics)) {
      return metrics.stream()
          .filter(Fields.class::isInstance)
          .map(Fields.class::cast)
          .filter(metric -> metric.get("event").equals(Value.of(event)))
          .mapToLong(metric -> metric.get("count") instanceof Value.Whole(var number) ? number : 0)
          .sum();
    }
    return 0;
  }

  @Override
  public void close() {
    api.close();
    client.close();
  }
}

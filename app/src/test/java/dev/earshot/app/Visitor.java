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

  private Visitor(URI server, URI portal, String writeKey, String adminKey) {
    this.server = server;
    this.writeKey = writeKey;
    this.api = new Api(portal, () -> adminKey);
  }

  static Visitor of(Server running, Path data) throws IOException {
    return of(running, running, data);
  }

  /**
   * @param portal where the management API is, when that is another server
   * @param data the directory in which the keys are
   */
  static Visitor of(Server gateway, Server portal, Path data) throws IOException {
    return new Visitor(
        gateway.url(),
        portal.url(),
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

  /** The page at a path of the server, as a browser sees it. */
  String look(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(server.resolve(path)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  /** Unsubscribes as a mail program does, and returns the status of the answer. */
  int click(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Returns once a decision about a user has this verdict, and a gate that says this. */
  void awaitDecision(String user, String verdict, String explanation) {
    Awaitility.await(verdict + " because " + explanation)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() ->
            items("/api/people/" + user + "/decisions", "decisions").stream()
                .filter(decision -> decision.get("verdict").shown().equals(verdict))
                .anyMatch(decision -> decision.get("gates").toString().contains(explanation)));
  }

  /** The newest delivery that was given up, once there is one. */
  Fields awaitDead() {
    return Awaitility.await("a dead delivery")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> items("/api/deliveries?state=dead", "deliveries"), dead -> !dead.isEmpty())
        .getFirst();
  }

  void redrive(String delivery) {
    api.post("/api/deliveries/" + delivery + "/redrive", Fields.EMPTY);
  }

  private List<Fields> items(String path, String member) {
    return api.get(path) instanceof Fields answer && answer.get(member) instanceof Items(var items)
        ? items.stream().map(Fields.class::cast).toList()
        : List.of();
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

  /** All that is known of a user: profile, metrics, runs. */
  Value person(String user) {
    return api.get("/api/people/" + user);
  }

  /** The same, once the state is there to be read. */
  Value awaitPerson(String user) {
    return Awaitility.await(user)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> person(user), _ -> true);
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

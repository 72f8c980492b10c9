package dev.earshot.portal;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.Problem;
import dev.earshot.engine.journey.UserState;
import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.key.KeyRole;
import dev.earshot.portal.key.NewKey;
import dev.earshot.portal.publishing.BodyCheck.Judgement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A portal on a free port with everything behind it in memory, and a client for it. */
public final class TestPortal implements AutoCloseable {

  public static final String WORKSPACE = "default";
  public static final Instant NOW = Instant.parse("2026-11-20T22:00:00Z");

  private final MemoryDefinitions definitions = new MemoryDefinitions();
  private final MemoryLog log = new MemoryLog();
  private final MemoryDeliveries deliveries = new MemoryDeliveries();
  private final Map<Subject, UserState> people = new ConcurrentHashMap<>();
  private final TestNode node = new TestNode();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Portal portal;
  private final HttpServer server;
  private final String adminKey;
  private final String writeKey;

  public TestPortal() {
    adminKey = key(WORKSPACE, KeyRole.ADMIN);
    writeKey = key(WORKSPACE, KeyRole.WRITE);
    portal =
        new Portal(
            vertx,
            new Portal.Ports(
                definitions,
                log,
                subject -> people.getOrDefault(subject, UserState.Unknown.UNKNOWN),
                deliveries,
                node,
                TestPortal::judge,
                TestPortal::judge,
                new TestSealing(),
                new SimpleMeterRegistry(),
                () -> "events_total 1\n",
                InstantSource.fixed(NOW)));
    var router = Router.router(vertx);
    portal.mount(router);
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(router)
            .listen()
            .await();
  }

  /** Answers of the API, as a client sees them. */
  public record Reply(int status, Map<String, List<String>> headers, String text) {

    public Fields json() {
      return Json.parse(text) instanceof Fields fields ? fields : Fields.EMPTY;
    }

    public Value at(String path) {
      return json().at(path);
    }

    public String code() {
      return at("code").shown();
    }

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).getFirst();
    }
  }

  public MemoryDefinitions definitions() {
    return definitions;
  }

  public MemoryLog log() {
    return log;
  }

  public MemoryDeliveries deliveries() {
    return deliveries;
  }

  /** What the machines remember, to be added to. */
  public Map<Subject, UserState> people() {
    return people;
  }

  public TestNode node() {
    return node;
  }

  public Portal portal() {
    return portal;
  }

  public int port() {
    return server.actualPort();
  }

  public String adminKey() {
    return adminKey;
  }

  public String writeKey() {
    return writeKey;
  }

  /** A valid key of its own. */
  public String key(String workspace, KeyRole role) {
    var key = NewKey.make(workspace, role, List.of(), new SecureRandom(), NOW, "test");
    definitions.publish(List.of(key.definition())).join();
    return key.secret();
  }

  public Reply get(String path) {
    return send(request(path).header("Authorization", "Bearer " + adminKey).GET());
  }

  public Reply delete(String path) {
    return send(request(path).header("Authorization", "Bearer " + adminKey).DELETE());
  }

  public Reply post(String path, Value body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + adminKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  public Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A check that knows one mistake and one thing to warn of. */
  private static Judgement judge(Definition draft) {
    var body = draft.body().fields();
    return new Judgement(
        body.containsKey("colour")
            ? List.of(new Problem("colour", "no colour", "a colour"))
            : List.of(),
        body.containsKey("shape")
            ? List.of(new Problem("shape", "a circle", "a shape"))
            : List.of());
  }

  @Override
  public void close() {
    client.close();
    portal.close();
    vertx.close().await();
  }
}

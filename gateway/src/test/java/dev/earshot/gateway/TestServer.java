package dev.earshot.gateway;

import dev.earshot.event.Subject;
import dev.earshot.gateway.key.Keys;
import dev.earshot.gateway.request.Deadlines;
import dev.earshot.gateway.request.Limits;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.Optional;

/** A gateway on a real server on loopback, before a log in memory, at a time that stands still. */
final class TestServer implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T22:30:00.000Z");
  static final String WRITE_KEY = "WK_TEST";
  static final String ADMIN_KEY = "sk_admin0000000000000000000000000000";
  static final String SERVER_KEY = "sk_server00000000000000000000000000";
  static final String PAGE_KEY = "wk_page00000000000000000000000000000";

  final RecordingLog log = new RecordingLog();
  final KeyDefinitions definitions = new KeyDefinitions();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  volatile Optional<String> trouble = Optional.empty();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  TestServer(GatewayConfig config) {
    definitions.add("default", "WK_TEST", WRITE_KEY, "write");
    definitions.add("default", "admin000", ADMIN_KEY, "admin");
    definitions.add("default", "server00", SERVER_KEY, "server");
    definitions.add(
        "default", "page0000", PAGE_KEY, "write", "https://app.example", "https://*.shop.example");
    var gateway =
        new Gateway(
            vertx,
            config,
            log,
            new Keys(definitions),
            TestServer::subject,
            () -> trouble,
            () -> NOW,
            registry);
    var router = Router.router(vertx);
    gateway.mount(router);
    var connections = Gateway.connections(config, registry);
    connections.watch(vertx);
    server =
        vertx
            .createHttpServer(Gateway.serverOptions())
            .connectionHandler(connections)
            .requestHandler(request -> {
              connections.asked(request);
              router.handle(request);
            })
            .listen(0, "127.0.0.1")
            .await();
  }

  private static Optional<Subject> subject(String token) {
    return switch (token) {
      case "adas-token" -> Optional.of(Subject.user("default", "ada"));
      case "visitors-token" -> Optional.of(Subject.anonymous("default", "v1"));
      default -> Optional.empty();
    };
  }

  static GatewayConfig config(Deadlines deadlines) {
    return config(Limits.STANDARD, deadlines);
  }

  static GatewayConfig config(Limits limits, Deadlines deadlines) {
    var standard = GatewayConfig.STANDARD;
    return new GatewayConfig(
        limits,
        deadlines,
        standard.workspaceQuota(),
        standard.keyQuota(),
        standard.browserQuota(),
        standard.refusals(),
        standard.trustedProxies(),
        standard.durability());
  }

  static TestServer standard() {
    return new TestServer(GatewayConfig.STANDARD);
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  double bytesInWork() {
    return gauge("earshot.gateway.bytes.in.work");
  }

  double requestsInWork() {
    return gauge("earshot.gateway.requests.in.work");
  }

  /** How many requests have ended, with an answer or without. */
  long requestsOver() {
    return registry.find("earshot.gateway.request").timers().stream().mapToLong(Timer::count).sum();
  }

  double answersHeld() {
    return gauge("earshot.gateway.answers.held");
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  Wire wire() {
    return new Wire(port());
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}

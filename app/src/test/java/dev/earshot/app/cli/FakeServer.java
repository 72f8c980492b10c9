package dev.earshot.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that answers as it is told to and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {

  /** One request as it came: {@code GET /api/keys}, with its body. */
  public record Asked(String line, String key, String body) {}

  /** What to say. */
  public record Reply(int status, String body, Map<String, String> headers) {

    public static Reply ok(String body) {
      return new Reply(200, body, Map.of());
    }

    public static Reply problem(int status, String code, String detail) {
      return new Reply(
          status,
          "{\"title\":\"No.\",\"code\":\"" + code + "\",\"detail\":\"" + detail + "\"}",
          Map.of());
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Asked, Reply>> replies = new ConcurrentHashMap<>();

  public FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Answers a request for this method and path, parameters included. */
  public FakeServer on(String line, String json) {
    return on(line, _ -> Reply.ok(json));
  }

  public FakeServer on(String line, Function<Asked, Reply> reply) {
    replies.put(line, reply);
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      var key = exchange.getRequestHeaders().getFirst("Authorization");
      var request = new Asked(line, key == null ? "" : key, body);
      asked.add(request);
      var reply =
          replies
              .getOrDefault(line, _ -> Reply.problem(404, "no_such_path", "Nothing at " + line))
              .apply(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

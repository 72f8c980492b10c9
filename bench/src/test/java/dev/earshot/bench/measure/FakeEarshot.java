package dev.earshot.bench.measure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earshot.bench.load.Connections;
import dev.earshot.bench.load.Events;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A server that sends a webhook for each event: as much of Earshot as a measurement touches. */
final class FakeEarshot {

  private static final Pattern SINK = Pattern.compile("url: (http\\S+)");

  private final Path sinkFile;

  private FakeEarshot(Path directory) {
    this.sinkFile = directory.resolve("sink");
  }

  /** Takes what the launcher takes: {@code up --data-dir DIR --port PORT}. */
  public static void main(String[] words) throws IOException {
    var directory = Files.createDirectories(Path.of(words[2]));
    Files.writeString(directory.resolve("write-key"), "wk_fake\n");
    Files.writeString(directory.resolve("admin-key"), "sk_fake\n");
    int port = Integer.parseInt(words[4]);
    new FakeEarshot(directory).serve(port);
    System.out.println("ready http://127.0.0.1:" + port);
  }

  private void serve(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/track", exchange -> answer(exchange, track(body(exchange))));
    server.createContext("/api/definitions/apply", exchange -> answer(exchange, apply(exchange)));
    server.start();
  }

  private synchronized String track(Fields event) throws IOException {
    if (event.get("event").shown().equals(Events.FIRED)) {
      send(event);
    }
    return "{}";
  }

  /** Sends before it answers, so that what is acknowledged was sent. */
  private void send(Fields event) throws IOException {
    var sink = URI.create(Files.readString(sinkFile));
    var body = Json.text(event);
    var request =
        "POST /hook HTTP/1.1\r\nWebhook-Id: dlv_%s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(event.get("messageId").shown(), Events.bytes(body).length, body);
    try (var connections = new Connections(sink)) {
      connections.exchange(Events.bytes(request));
    }
  }

  private String apply(HttpExchange exchange) throws IOException {
    var sink = SINK.matcher(Json.text(body(exchange)).replace("\\u000a", "\n"));
    if (!sink.find()) {
      throw new IOException("no sink in the definitions");
    }
    Files.writeString(sinkFile, sink.group(1));
    return "{}";
  }

  private static Fields body(HttpExchange exchange) throws IOException {
    return Json.parseFields(exchange.getRequestBody().readAllBytes());
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    var bytes = Events.bytes(body);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

package dev.earshot.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * A server that keeps events in a file, tells them as facts and sends their webhooks: as much of
 * Earshot as the benchmarks touch, with a fault or without.
 */
final class FakeEarshot {

  private static final Pattern SINK = Pattern.compile("url: (http\\S+)");

  /** What the benchmarks are to find out. */
  enum Fault {
    NONE,
    /** Answers first, and keeps some events only when the next comes. */
    FORGETFUL,
    /** Tells some events twice. */
    REPEATING,
    /** Takes a webhook for sent that was not. */
    SILENT
  }

  private final Path events;
  private final Path sinkFile;
  private final Fault fault;
  private final List<String> unkept = new ArrayList<>();

  private FakeEarshot(Path directory, Fault fault) {
    this.events = directory.resolve("events");
    this.sinkFile = directory.resolve("sink");
    this.fault = fault;
  }

  /** Takes what the launcher takes: {@code up --data-dir DIR --port PORT}. */
  public static void main(String[] words) throws IOException {
    var directory = Files.createDirectories(Path.of(words[2]));
    Files.writeString(directory.resolve("write-key"), "wk_fake\n");
    Files.writeString(directory.resolve("admin-key"), "sk_fake\n");
    var fault = Fault.valueOf(System.getProperty("fault", Fault.NONE.name()));
    int port = Integer.parseInt(words[4]);
    new FakeEarshot(directory, fault).serve(port);
    System.out.println("ready http://127.0.0.1:" + port);
  }

  private void serve(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/track", exchange -> answer(exchange, track(body(exchange))));
    server.createContext("/api/tail/facts", exchange -> answer(exchange, facts()));
    server.createContext("/api/definitions/apply", exchange -> answer(exchange, apply(exchange)));
    server.start();
  }

  private synchronized String track(Fields event) throws IOException {
    var line = event.get("messageId").shown() + "\n";
    unkept.add(line);
    if (fault != Fault.FORGETFUL || unkept.size() > 50) {
      for (var one : unkept) {
        Files.writeString(events, one, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      unkept.clear();
    }
    if (event.get("event").shown().equals(Events.FIRED) && fault != Fault.SILENT) {
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

  private synchronized String facts() throws IOException {
    var told = new StringBuilder();
    var seen = new HashSet<String>();
    for (var id : Files.readAllLines(events)) {
      if (seen.add(id)) {
        told.append(fact(id));
        if (fault == Fault.REPEATING && id.endsWith("7")) {
          told.append(fact(id));
        }
      }
    }
    return told.toString();
  }

  private static String fact(String id) {
    var json =
        new JsonWriter(128)
            .open()
            .member("kind", "heard")
            .name("value")
            .open()
            .name("event")
            .open()
            .member("id", id)
            .close()
            .close()
            .close()
            .bytes();
    return new String(json, StandardCharsets.UTF_8) + "\n";
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

package dev.earshot.channel.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A web server on loopback that writes back what the test says, byte for byte. */
final class ScriptedHttp implements AutoCloseable {

  /** Writes an answer, or does something worse. */
  @FunctionalInterface
  interface Script {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * @param headers by their lower-case names
   * @param serverName what the client asked for before it encrypted, empty when it did not
   */
  record Request(String line, Map<String, String> headers, String body, String serverName) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  private final ServerSocket socket;
  private final Script script;

  ScriptedHttp(String answer) throws IOException {
    this(out -> out.write(answer.getBytes(ISO_8859_1)));
  }

  ScriptedHttp(Script script) throws IOException {
    this(script, null);
  }

  ScriptedHttp(Script script, @Nullable SSLContext tls) throws IOException {
    this.script = script;
    var loopback = InetAddress.ofLiteral("127.0.0.1");
    this.socket =
        tls == null
            ? new ServerSocket(0, 50, loopback)
            : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
    Thread.ofVirtual().start(this::accept);
  }

  static String ok() {
    return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  }

  static String status(int status, String... headers) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Length: 0\r\n"
        + String.join("", List.of(headers).stream().map(it -> it + "\r\n").toList())
        + "\r\n";
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        // The test is over; the loop looks at that next.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      while (receive(connection)) {
        script.answer(connection.getOutputStream());
        connection.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The client has had enough, which is what most tests here are about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.incrementAndGet();
    }
  }

  private boolean receive(Socket connection) throws IOException {
    var in = connection.getInputStream();
    var line = line(in);
    if (line.isEmpty()) {
      return false;
    }
    var headers = new TreeMap<String, String>();
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
    requests.add(new Request(line, headers, body, serverName(connection)));
    return true;
  }

  private static String serverName(Socket connection) {
    return connection instanceof SSLSocket secure
            && secure.getSession() instanceof ExtendedSSLSession session
        ? session.getRequestedServerNames().stream()
            .map(SNIServerName::getEncoded)
            .map(name -> new String(name, ISO_8859_1))
            .findFirst()
            .orElse("")
        : "";
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}

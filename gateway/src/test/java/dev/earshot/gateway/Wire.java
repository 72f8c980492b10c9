package dev.earshot.gateway;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection, over which exactly the bytes go that a test wants to go. */
final class Wire implements AutoCloseable {

  /** What came back. */
  record Response(int status, Map<String, String> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    Value at(String path) {
      return Json.parseFields(body.getBytes(StandardCharsets.UTF_8)).at(path);
    }

    String code() {
      return at("code").shown();
    }
  }

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  Wire(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      out = socket.getOutputStream();
      in = socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A POST of text with the write key, and lines of further headers. */
  static byte[] post(String path, String body, String... headers) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static byte[] post(String path, byte[] body, String... headers) {
    var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: collector.example\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  Wire send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends as long as the other end takes it. */
  boolean trySend(String text) {
    try {
      send(text);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  Response exchange(byte[] request) {
    return send(request).receive();
  }

  Response receive() {
    var head = receiveHead();
    try {
      int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
      var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      return new Response(head.status(), head.headers(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Receives an answer up to where its body would begin. */
  Response receiveHead() {
    try {
      var statusLine = line();
      Map<String, String> headers = new TreeMap<>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return new Response(Integer.parseInt(statusLine.substring(9, 12)), headers, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int available() {
    try {
      return in.available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the other end has closed, and returns what it said before. */
  String untilClosed() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return "";
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed after: " + line);
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

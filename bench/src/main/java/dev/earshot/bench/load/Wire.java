package dev.earshot.bench.load;

import dev.earshot.bench.command.BenchFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One TCP connection that speaks as much HTTP/1.1 as two programs of our own need. */
public final class Wire implements AutoCloseable {

  private static final int HEAD_BYTES_MAX = 16 * 1024;
  private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[HEAD_BYTES_MAX];
  private int filled;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static Wire connect(String host, int port, Duration timeout) throws IOException {
    var socket = new Socket();
    try {
      var address = InetAddress.getByName(host);
      socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      return new Wire(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  public static Wire accepted(Socket socket) throws IOException {
    return new Wire(socket);
  }

  /**
   * A request or a response.
   *
   * @param head its first line and its headers, as they came
   */
  public record Message(String head, String body) {

    /** The second word of the first line: the status of a response, the path of a request. */
    public String second() {
      int from = head.indexOf(' ') + 1;
      int to = from;
      while (to < head.length() && head.charAt(to) > ' ') {
        to++;
      }
      return head.substring(from, to);
    }

    public Optional<String> header(String name) {
      return Wire.header(head, name);
    }
  }

  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The next message; empty when the other side has closed the connection between two. */
  public Optional<Message> receive() throws IOException {
    int headEnd;
    while ((headEnd = headEnd()) < 0) {
      if (filled == HEAD_BYTES_MAX) {
        throw new IOException("the head of a message is too long");
      }
      if (!fill()) {
        if (filled > 0) {
          throw new EOFException("the connection ended within a message");
        }
        return Optional.empty();
      }
    }
    var head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
    return Optional.of(new Message(head, body(head, headEnd + 4)));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new BenchFailure("A connection cannot be closed.", e);
    }
  }

  private String body(String head, int from) throws IOException {
    int length = header(head, "content-length").map(Integer::parseInt).orElse(0);
    if (length > BODY_BYTES_MAX || header(head, "transfer-encoding").isPresent()) {
      throw new IOException("a body of a known and moderate length is expected");
    }
    if (from + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, from + length);
    }
    while (filled < from + length) {
      if (!fill()) {
        throw new EOFException("the connection ended within a body");
      }
    }
    var body = new String(buffer, from, length, StandardCharsets.UTF_8);
    System.arraycopy(buffer, from + length, buffer, 0, filled - from - length);
    filled -= from + length;
    return body;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count > 0) {
      filled += count;
    }
    return count > 0;
  }

  private int headEnd() {
    for (int at = 3; at < filled; at++) {
      if (buffer[at] == '\n'
          && buffer[at - 1] == '\r'
          && buffer[at - 2] == '\n'
          && buffer[at - 3] == '\r') {
        return at - 3;
      }
    }
    return -1;
  }

  private static Optional<String> header(String head, String name) {
    int at = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ":");
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + name.length() + 3;
    int to = head.indexOf('\r', from);
    return Optional.of(head.substring(from, to < 0 ? head.length() : to).strip());
  }
}

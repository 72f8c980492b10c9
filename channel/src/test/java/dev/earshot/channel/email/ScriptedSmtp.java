package dev.earshot.channel.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that answers one command as it is told, and agrees to all others. */
final class ScriptedSmtp implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final String answer;
  private final String command;
  private final @Nullable SSLContext tls;

  ScriptedSmtp(String answer) throws IOException {
    this(answer, "NOTHING");
  }

  ScriptedSmtp(String answer, String command) throws IOException {
    this(answer, command, null);
  }

  /** One that offers STARTTLS too. */
  ScriptedSmtp(String answer, String command, @Nullable SSLContext tls) throws IOException {
    this.answer = answer;
    this.command = command;
    this.tls = tls;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> commands(String beginning) {
    return commands.stream().filter(it -> it.startsWith(beginning)).toList();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (var connection = socket.accept()) {
        converse(connection);
      } catch (IOException e) {
        // The client has gone, or the test is over; the loop looks at that next.
      }
    }
  }

  private void converse(Socket connection) throws IOException {
    say(connection, "220 scripted");
    listen(connection);
  }

  private void listen(Socket connection) throws IOException {
    var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      if (tls != null && line.startsWith("EHLO") && !(connection instanceof SSLSocket)) {
        say(connection, "250-scripted\r\n250 STARTTLS");
      } else if (tls != null && line.startsWith("STARTTLS")) {
        say(connection, "220 go on");
        listen(encrypted(connection, tls));
      } else if (line.startsWith(command)) {
        say(connection, answer);
      } else if (line.startsWith("DATA")) {
        say(connection, "354 go on");
      } else {
        say(connection, "250 ok");
      }
    }
  }

  private static Socket encrypted(Socket connection, SSLContext tls) throws IOException {
    var encrypted = (SSLSocket) tls.getSocketFactory().createSocket(connection, null, false);
    encrypted.setUseClientMode(false);
    return encrypted;
  }

  private static void say(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
  }
}

package dev.earshot.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A mail server that keeps every mail it is sent, and accepts it or not as it is told. */
final class MailServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ServerSocket socket;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private volatile String verdict = "250 kept";

  private MailServer(ServerSocket socket) {
    this.socket = socket;
  }

  static MailServer start() throws IOException {
    var server = new MailServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  /** What it says from now on when a mail has arrived whole. */
  void answer(String line) {
    verdict = line;
  }

  /** By which a server sends its mail here. */
  Map<String, String> settings() {
    return Map.of(
        "EARSHOT_SMTP_HOST", "127.0.0.1",
        "EARSHOT_SMTP_PORT", Integer.toString(socket.getLocalPort()),
        "EARSHOT_SMTP_TLS", "none",
        "EARSHOT_SMTP_FROM", "The Team <team@acme.example>");
  }

  int count() {
    return mails.size();
  }

  /** The mail of that number, once there are so many. */
  String await(int number) {
    Awaitility.await("mail " + number).atMost(PATIENCE).until(() -> mails.size() >= number);
    return mails.get(number - 1);
  }

  /** The text of a header of a mail; empty when it has none. */
  static String header(String mail, String name) {
    return mail.replaceAll("\n[ \t]+", " ")
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** Where the link to unsubscribe in a mail leads on its server. */
  static String link(String mail) {
    var link = header(mail, "List-Unsubscribe");
    return URI.create(link.substring(1, link.length() - 1)).getPath();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      say(client, "220 mail.example");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("DATA")) {
          say(client, "354 go on");
          mails.add(body(in));
        }
        say(client, answerTo(line));
      }
    } catch (IOException gone) {
      // The client has left, which is how every conversation may end.
    }
  }

  private String answerTo(String line) {
    return switch (line.split(" ", 2)[0]) {
      case "EHLO" -> "250-mail.example\r\n250 AUTH PLAIN";
      case "AUTH" -> "235 welcome";
      case "DATA" -> verdict;
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static String body(BufferedReader in) throws IOException {
    var mail = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

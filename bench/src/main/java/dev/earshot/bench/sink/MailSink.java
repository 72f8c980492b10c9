package dev.earshot.bench.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A mail server on this machine that takes every mail and shows it. */
public final class MailSink implements AutoCloseable {

  private static final String MESSAGE_ID = "message-id:";

  private final Visitor visitor;
  private final Listener listener;

  /** Is shown each mail before it is taken, from many threads. */
  public interface Visitor {

    /**
     * @param id its Message-ID
     * @param text all of it, as it came
     */
    void arrived(long nanos, String id, String text);
  }

  private MailSink(Visitor visitor) {
    this.visitor = visitor;
    listener = Listener.start("mail-sink", this::serve);
  }

  public static MailSink start(Visitor visitor) {
    return new MailSink(visitor);
  }

  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      var out = client.getOutputStream();
      say(out, "220 prove");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
        switch (command) {
          case "DATA" -> {
            say(out, "354 go on");
            show(data(in));
            say(out, "250 taken");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 well");
        }
      }
    } catch (IOException e) {
      // The server under test was killed: it comes again on another connection.
    }
  }

  private void show(String mail) {
    var id =
        mail.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(MESSAGE_ID))
            .map(line -> line.substring(MESSAGE_ID.length()).strip())
            .findFirst()
            .orElse("none");
    visitor.arrived(System.nanoTime(), id, mail);
  }

  private static String data(BufferedReader in) throws IOException {
    var mail = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}

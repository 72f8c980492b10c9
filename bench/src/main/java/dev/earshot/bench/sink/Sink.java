package dev.earshot.bench.sink;

import dev.earshot.bench.load.Wire;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A destination for webhooks on this machine, which shows what arrives and answers as it is told.
 */
public final class Sink implements AutoCloseable {

  private static final byte[] ENDLESS_HEAD =
      "HTTP/1.1 200 .\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PIECE = " ".repeat(8 * 1024).getBytes(StandardCharsets.US_ASCII);
  private static final Duration DRIP_EVERY = Duration.ofSeconds(1);

  private final Visitor visitor;
  private final Listener listener;

  /** Is shown each request before it is answered, from many threads. */
  public interface Visitor {
    Reply arrived(long nanos, Wire.Message request);

    /** Whether the next connection is let in, or reset before anything is read from it. */
    default boolean admits() {
      return true;
    }
  }

  private Sink(Visitor visitor) {
    this.visitor = visitor;
    listener = Listener.start("sink", this::serve);
  }

  public static Sink start(Visitor visitor) {
    return new Sink(visitor);
  }

  public URI url() {
    return url("/hook");
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.port() + path);
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) {
    try (client) {
      if (!visitor.admits()) {
        reset(client);
        return;
      }
      var wire = Wire.accepted(client);
      boolean open = true;
      for (var request = wire.receive(); open && request.isPresent(); ) {
        open = give(visitor.arrived(System.nanoTime(), request.get()), wire, client);
        request = open ? wire.receive() : request;
      }
    } catch (IOException e) {
      // The server under test was killed, or gave up: its next attempt comes on another connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether another request may come on the same connection. */
  private static boolean give(Reply reply, Wire wire, Socket client)
      throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Answered answered -> {
        Thread.sleep(answered.after());
        wire.send(answered.bytes());
        return true;
      }
      case Reply.Reset() -> reset(client);
      case Reply.Silent() -> wire.receive();
      case Reply.Dripping() -> drip(wire);
      case Reply.Endless() -> sendWithoutEnd(wire);
    }
    return false;
  }

  /** What is closed without lingering is reset. */
  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
  }

  private static void drip(Wire wire) throws IOException, InterruptedException {
    for (byte one : ENDLESS_HEAD) {
      wire.send(new byte[] {one});
      Thread.sleep(DRIP_EVERY);
    }
  }

  /** Until the other side has enough. */
  private static void sendWithoutEnd(Wire wire) throws IOException {
    wire.send(ENDLESS_HEAD);
    while (true) {
      wire.send(PIECE);
    }
  }
}

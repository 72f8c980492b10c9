package dev.earshot.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A destination for webhooks on this machine, which answers 200 to all and shows them. */
final class Sink implements AutoCloseable {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BACKLOG = 1024;

  private final ServerSocket socket;
  private final Visitor visitor;

  /** Is shown each request before it is answered, from many threads. */
  interface Visitor {
    void arrived(long nanos, Wire.Message request);
  }

  private Sink(ServerSocket socket, Visitor visitor) {
    this.socket = socket;
    this.visitor = visitor;
  }

  static Sink start(Visitor visitor) {
    try {
      var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var sink = new Sink(socket, visitor);
      Thread.ofPlatform().daemon().name("sink").start(sink::accept);
      return sink;
    } catch (IOException e) {
      throw new BenchFailure("The sink cannot listen on this machine.", e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/hook");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new BenchFailure("The sink cannot be closed.", e);
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (SocketException e) {
      // Closed: the end of the sink.
    } catch (IOException e) {
      throw new BenchFailure("The sink cannot accept connections.", e);
    }
  }

  private void serve(Socket client) {
    try (client) {
      var wire = Wire.accepted(client);
      for (var request = wire.receive(); request.isPresent(); request = wire.receive()) {
        visitor.arrived(System.nanoTime(), request.get());
        wire.send(OK);
      }
    } catch (IOException e) {
      // The server under test was killed, or gave up: its next attempt comes on another connection.
    }
  }
}

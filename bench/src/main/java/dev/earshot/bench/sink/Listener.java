package dev.earshot.bench.sink;

import dev.earshot.bench.command.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/** A port of this machine alone, where each connection is served by a thread of its own. */
final class Listener implements AutoCloseable {

  private static final int BACKLOG = 1024;

  private final ServerSocket socket;
  private final Consumer<Socket> service;

  private Listener(ServerSocket socket, Consumer<Socket> service) {
    this.socket = socket;
    this.service = service;
  }

  /**
   * @param service has the connection, and closes it
   */
  static Listener start(String name, Consumer<Socket> service) {
    try {
      var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var listener = new Listener(socket, service);
      Thread.ofPlatform().daemon().name(name).start(listener::accept);
      return listener;
    } catch (IOException e) {
      throw new BenchFailure("The " + name + " cannot listen on this machine.", e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new BenchFailure("A port cannot be closed.", e);
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> service.accept(client));
      }
    } catch (SocketException e) {
      // Closed: the end of the listening.
    } catch (IOException e) {
      throw new BenchFailure("Connections cannot be accepted.", e);
    }
  }
}

package dev.earshot.app;

import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.configuration.Configuration.Server;
import dev.earshot.gateway.request.Connections;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** The HTTP server: one listener for each event loop, all on one port, with one {@link Front}. */
final class HttpDoor implements AutoCloseable {

  private static final long DRAIN_SECONDS_MAX = 10;
  private static final long LISTEN_SECONDS_MAX = 10;
  private static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Vertx vertx;
  private final Front front = new Front();
  private final Connections connections;
  private final URI url;

  private HttpDoor(Vertx vertx, Server server, HttpServerOptions options, Connections connections) {
    this.vertx = vertx;
    this.connections = connections;
    connections.watch(vertx);
    int port = server.port() == 0 ? freePort(server) : server.port();
    listen(server, options, port);
    url = URI.create("http://" + shown(server.host()) + ":" + port);
  }

  /** Listens at once; throws {@link CommandFailure} when somebody else does so already. */
  static HttpDoor open(Server server, HttpServerOptions options, Connections connections) {
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(LOOPS)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    try {
      return new HttpDoor(vertx, server, options, connections);
    } catch (RuntimeException failure) {
      vertx.close();
      throw failure;
    }
  }

  Vertx vertx() {
    return vertx;
  }

  Front front() {
    return front;
  }

  /** Where it is reached from this machine. */
  URI url() {
    return url;
  }

  /** Lets nobody in any more, and waits for those who are in. */
  @Override
  public void close() {
    front.close();
    vertx.close().await();
  }

  /** Has a listener on each loop: all that one thread opened by itself would share one. */
  private void listen(Server server, HttpServerOptions options, int port) {
    var loops = new DeploymentOptions().setInstances(LOOPS);
    try {
      var _ =
          vertx
              .deployVerticle(() -> new Listener(listener(options), port, server.host()), loops)
              .await(LISTEN_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw failure(server, failure);
    }
  }

  private HttpServer listener(HttpServerOptions options) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections)
        .requestHandler(this::take);
  }

  private void take(HttpServerRequest request) {
    connections.asked(request);
    front.handle(request);
  }

  /** The loops share one port only when it has a number. */
  private static int freePort(Server server) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(server.host(), 0));
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw failure(server, failure);
    }
  }

  private static CommandFailure failure(Server server, Throwable failure) {
    if (failure instanceof BindException) {
      return new CommandFailure(
          "Port %d of %s is in use. Stop what uses it, or choose another: --port %d."
              .formatted(server.port(), server.host(), server.port() + 1),
          failure);
    }
    return new CommandFailure(
        "Cannot listen on port %d of %s: %s.".formatted(server.port(), server.host(), failure),
        failure);
  }

  private static String shown(String host) {
    return switch (host) {
      case "0.0.0.0", "::" -> "127.0.0.1";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }

  /** Lets in those whom one loop serves; when it ends, they may finish. */
  private record Listener(HttpServer server, int port, String host) implements Deployable {

    @Override
    public Future<?> deploy(Context loop) {
      return server.listen(port, host);
    }

    @Override
    public Future<?> undeploy(Context loop) {
      return server.shutdown(DRAIN_SECONDS_MAX, TimeUnit.SECONDS);
    }
  }
}

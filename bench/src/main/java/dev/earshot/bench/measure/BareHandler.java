package dev.earshot.bench.measure;

import dev.earshot.event.Json;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;

/** A program that answers requests after reading their JSON: what HTTP alone costs. */
public final class BareHandler {

  static final String READY = "ready";

  private static final String ANSWER = "{\"success\":true}";

  private BareHandler() {}

  /** Takes the port to listen on. */
  public static void main(String[] words) {
    int port = Integer.parseInt(words[0]);
    int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    vertx
        .deployVerticle(
            () ->
                _ ->
                    vertx
                        .createHttpServer()
                        .requestHandler(BareHandler::answer)
                        .listen(port, "127.0.0.1"),
            new DeploymentOptions().setInstances(loops))
        .await();
    System.out.println(READY);
  }

  private static void answer(HttpServerRequest request) {
    var _ =
        request
            .body()
            .onSuccess(body -> {
              Json.parseFields(body.getBytes());
              request.response().putHeader("content-type", "application/json").end(ANSWER);
            });
  }
}

package dev.earshot.app;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The door of the server, open from the first moment: it turns everybody away with 503 until the
 * routes are there, and again when the program ends.
 */
final class Front implements Handler<HttpServerRequest> {

  private static final String RETRY_AFTER_SECONDS = "1";

  private final Handler<HttpServerRequest> starting =
      request -> refuse(request, "starting", "Earshot is starting; try again in a moment.");
  private final Handler<HttpServerRequest> ending =
      request -> refuse(request, "ending", "Earshot is ending; try again in a moment.");

  private volatile Handler<HttpServerRequest> current = starting;

  @Override
  public void handle(HttpServerRequest request) {
    current.handle(request);
  }

  /** From now on the routes answer. */
  void open(Handler<HttpServerRequest> routes) {
    current = routes;
  }

  /** From now on nobody is let in any more. */
  void close() {
    current = ending;
  }

  private static void refuse(HttpServerRequest request, String code, String detail) {
    if ("/health".equals(request.path())) {
      answer(request, 200, "application/json", "{\"status\":\"" + code + "\"}");
      return;
    }
    request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    answer(
        request,
        503,
        "application/problem+json",
        "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"%s\",\"detail\":\"%s\"}"
            .formatted(code, detail));
  }

  /** The body of the request is not waited for, so the connection cannot be used again. */
  private static void answer(HttpServerRequest request, int status, String type, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(body);
  }
}

package dev.earshot.portal.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/** Reads a request's body with a limit and a deadline. It looks at bytes only, never at forms. */
final class BodyReader {

  private final Vertx vertx;
  private final int bytesMax;
  private final Duration deadline;

  BodyReader(Vertx vertx, int bytesMax, Duration deadline) {
    this.vertx = vertx;
    this.bytesMax = bytesMax;
    this.deadline = deadline;
  }

  /** Fails with a {@link Refusal} for a body that is too long; cuts a client that drips. */
  Future<Buffer> read(HttpServerRequest request) {
    if (declaredLength(request) > bytesMax) {
      return Future.failedFuture(tooLarge());
    }
    Promise<Buffer> whole = Promise.promise();
    long timer = vertx.setTimer(deadline.toMillis(), _ -> cut(request));
    var gathered = Buffer.buffer();
    request.exceptionHandler(whole::tryFail);
    request.handler(chunk -> {
      if (gathered.length() + chunk.length() > bytesMax) {
        request.pause();
        whole.tryFail(tooLarge());
      } else {
        gathered.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> whole.tryComplete(gathered));
    return whole.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private static long declaredLength(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        Problem.of(
            413,
            "too_large",
            "The request is too large.",
            "A request may have " + bytesMax + " bytes."));
  }

  private static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }
}

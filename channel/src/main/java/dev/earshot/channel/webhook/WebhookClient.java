package dev.earshot.channel.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Posts to an address it is given, under the name the URL has. It follows nothing, expands nothing,
 * and reads no more of an answer than a person will look at.
 */
final class WebhookClient implements AutoCloseable {

  static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  static final int ANSWER_LENGTH_MAX = 64 * 1024;
  static final int HEADERS_LENGTH_MAX = 32 * 1024;
  static final int ANSWER_KEPT = 4 * 1024;

  private static final int STATUS_LINE_LENGTH_MAX = 4 * 1024;

  /** To one address. */
  static final int CONNECTIONS_MAX = 192;

  private static final int KEEP_ALIVE_SECONDS = 30;

  private final HttpClient client;

  /** Ends what takes too long. A virtual thread's own timed wait costs it two wake-ups each. */
  private final ScheduledThreadPoolExecutor limits =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("webhook-limits").daemon().factory());

  WebhookClient(Vertx vertx, UnaryOperator<HttpClientOptions> options) {
    var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX);
    client = vertx.createHttpClient(options.apply(options()), pool);
    limits.setRemoveOnCancelPolicy(true);
  }

  /**
   * What came back.
   *
   * @param text the beginning of its body
   */
  record Answer(int status, @Nullable String retryAfter, String text) {}

  /**
   * Posts and waits.
   *
   * @throws ExecutionException whose cause says why there is no answer
   */
  Answer post(
      WebhookUrl url,
      InetAddress address,
      Map<String, String> headers,
      byte[] body,
      Duration within)
      throws ExecutionException, TimeoutException, InterruptedException {
    var exchange = new Exchange();
    var limit = limits.schedule(exchange::end, within.toNanos(), TimeUnit.NANOSECONDS);
    client
        .request(request(url, address, headers))
        .onFailure(exchange.answer::completeExceptionally)
        .onSuccess(request -> exchange.begin(request, body));
    try {
      return exchange.answer.get();
    } catch (CancellationException e) {
      throw new TimeoutException("no whole answer within " + within);
    } finally {
      limit.cancel(false);
      exchange.end();
    }
  }

  @Override
  public void close() {
    client.close();
    limits.shutdown();
  }

  private static HttpClientOptions options() {
    return new HttpClientOptions()
        .setConnectTimeout(Math.toIntExact(CONNECT_TIME.toMillis()))
        .setSslHandshakeTimeout(CONNECT_TIME.toSeconds())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setMaxHeaderSize(HEADERS_LENGTH_MAX)
        .setMaxInitialLineLength(STATUS_LINE_LENGTH_MAX)
        .setDecompressionSupported(false)
        .setMaxRedirects(0);
  }

  private static RequestOptions request(
      WebhookUrl url, InetAddress address, Map<String, String> headers) {
    var request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
            .setHost(url.host())
            .setPort(url.port())
            .setSsl(url.secure())
            .setURI(url.target())
            .setFollowRedirects(false);
    headers.forEach(request::putHeader);
    return request;
  }

  /** One request and what is read of its answer, on the connection's event loop. */
  private static final class Exchange {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicReference<@Nullable HttpClientRequest> request = new AtomicReference<>();
    private final Buffer text = Buffer.buffer();

    void begin(HttpClientRequest begun, byte[] body) {
      request.set(begun);
      if (answer.isDone()) {
        begun.reset();
        return;
      }
      begun
          .send(Buffer.buffer(body))
          .onFailure(answer::completeExceptionally)
          .onSuccess(response -> read(begun, response));
    }

    /** Cuts the connection if anything is still to come on it. */
    void end() {
      boolean unfinished = !answer.isDone() && answer.cancel(false);
      var begun = request.get();
      if (unfinished && begun != null) {
        begun.reset();
      }
    }

    private void read(HttpClientRequest begun, HttpClientResponse response) {
      response.exceptionHandler(answer::completeExceptionally);
      response.handler(part -> {
        text.appendBuffer(part);
        if (text.length() > ANSWER_LENGTH_MAX) {
          finish(response);
          begun.reset();
        }
      });
      response.endHandler(_ -> finish(response));
    }

    private void finish(HttpClientResponse response) {
      var kept = text.getBytes(0, Math.min(text.length(), ANSWER_KEPT));
      answer.complete(
          new Answer(
              response.statusCode(),
              response.getHeader("Retry-After"),
              new String(kept, StandardCharsets.UTF_8)));
    }
  }
}

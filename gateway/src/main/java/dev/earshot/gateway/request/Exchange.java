package dev.earshot.gateway.request;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** One request and its one answer. Every answer, an error too, can be read by a browser's page. */
public final class Exchange {

  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private static final String PAGE_POLICY =
      "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence DURABILITY =
      HttpHeaders.createOptimized("X-Earshot-Durability");
  private static final CharSequence SNIFFING =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final CharSequence TRUE = HttpHeaders.createOptimized("true");
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized("Retry-After, ETag, X-Request-Id, X-Earshot-Durability");

  private final RoutingContext context;
  private final HttpServerRequest request;
  private final Trace trace;
  private final Instant receivedAt;
  private final TrustedProxies proxies;
  private final String durability;
  private final Brake brake;
  private final List<Runnable> ends = new ArrayList<>();
  private boolean isWithWorker;
  private volatile boolean isOver;
  private @Nullable Problem refusedFor;

  public Exchange(
      RoutingContext context,
      Instant receivedAt,
      TrustedProxies proxies,
      String durability,
      Brake brake) {
    this.context = context;
    this.request = context.request();
    this.trace = Trace.start(request.getHeader("traceparent"));
    this.receivedAt = receivedAt;
    this.proxies = proxies;
    this.durability = durability;
    this.brake = brake;
  }

  public HttpServerRequest request() {
    return request;
  }

  /** The id of the request, by which its lines in the log are found. */
  public String id() {
    return trace.id();
  }

  /** The trace the caller says the request belongs to, as W3C Trace Context has it. */
  public Optional<String> traceparent() {
    return trace.traceparent();
  }

  /** Writes lines of the log that people read: they bear the ids of the request and its trace. */
  public void mention(Runnable lines) {
    MDC.put("request", trace.id());
    trace.callers().ifPresent(id -> MDC.put("trace", id));
    try {
      lines.run();
    } finally {
      MDC.remove("request");
      MDC.remove("trace");
    }
  }

  public Instant receivedAt() {
    return receivedAt;
  }

  /** The origin of the page that sends this, when it is a browser's. */
  public @Nullable String origin() {
    return request.getHeader(HttpHeaders.ORIGIN);
  }

  /** Who is at the other end, as far as the proxies between can be believed. */
  public String address() {
    var peer = request.remoteAddress().hostAddress();
    return proxies.client(peer == null ? "" : peer, request.getHeader("X-Forwarded-For"));
  }

  /** What the request was refused for, once it was. */
  public Optional<Problem> refusedFor() {
    return Optional.ofNullable(refusedFor);
  }

  private boolean isAnswered() {
    return request.response().ended() || request.response().closed();
  }

  /** Calls back once the exchange is over, however it ends. */
  public void whenOver(Runnable over) {
    context.addEndHandler(_ -> over.run());
  }

  /** Calls back once nothing more is done for the exchange: it is over, or is to be refused. */
  public void whenDone(Runnable end) {
    if (ends.isEmpty()) {
      whenOver(this::over);
    }
    ends.add(end);
  }

  private void over() {
    isOver = true;
    if (!isWithWorker) {
      done();
    }
  }

  private void done() {
    ends.forEach(Runnable::run);
    ends.clear();
  }

  /**
   * Has a worker do a part of the work on this request, which is not done before the worker is,
   * even if its sender has gone. What is over before its turn is passed over, and nothing comes of
   * it.
   */
  public <T> void handTo(
      WorkerExecutor workers, Supplier<T> work, Consumer<T> then, Consumer<Throwable> failed) {
    isWithWorker = true;
    workers
        .executeBlocking(() -> isOver ? null : work.get(), false)
        .onComplete(
            result -> {
              back();
              if (result != null) {
                then.accept(result);
              }
            },
            failure -> {
              back();
              attempt(() -> failed.accept(failure));
            });
  }

  private void back() {
    isWithWorker = false;
    if (isOver) {
      done();
    }
  }

  public void answer(int status) {
    if (!isAnswered()) {
      begin(status).end();
    }
  }

  public void answer(int status, byte[] json) {
    if (!isAnswered()) {
      begin(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(json));
    }
  }

  /** A page for people, which nobody keeps, frames or learns the address of. */
  public void show(String html) {
    if (!isAnswered()) {
      begin(200)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .putHeader("Content-Security-Policy", PAGE_POLICY)
          .putHeader("Referrer-Policy", "no-referrer")
          .end(html);
    }
  }

  public void refuse(Problem problem) {
    if (isAnswered()) {
      return;
    }
    refusedFor = problem;
    done();
    if (problem.lateness().isZero()) {
      tell(problem);
    } else if (!brake.tryHold(this, problem.lateness(), () -> tell(problem))) {
      tellAndClose(problem);
    }
  }

  /** Does a part of the work on this request; whatever it throws ends as an answer. */
  public void attempt(Runnable work) {
    try {
      work.run();
    } catch (Refusal refusal) {
      refuse(refusal.problem());
    } catch (RuntimeException e) {
      mention(() -> log.error("a request failed through a fault of ours", e));
      refuse(Problem.of(ProblemType.INTERNAL, "The request id tells the operator where to look."));
    }
  }

  /** Refuses, however late it was to be, and says when the answer has left. */
  void refuseNow(Problem problem, Handler<Void> sent) {
    if (isAnswered()) {
      return;
    }
    refusedFor = problem;
    done();
    tell(problem).onComplete(_ -> sent.handle(null));
  }

  /** Where it cannot be made to wait, it is made to connect again. */
  private void tellAndClose(Problem problem) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    tell(problem).onComplete(_ -> request.connection().close());
  }

  private Future<Void> tell(Problem problem) {
    mention(problem.type());
    var response = begin(problem.type().status());
    if (problem.retryAfterSeconds() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
    }
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .end(Buffer.buffer(problem.json(trace.id())));
  }

  /** Of what comes in floods only the metrics tell: lines would be one flood more. */
  private void mention(ProblemType type) {
    var level = type.comesInFloods() ? Level.DEBUG : Level.INFO;
    if (log.isEnabledForLevel(level)) {
      mention(() ->
          log.atLevel(level)
              .log("refused code={} status={} address={}", type.code(), type.status(), address()));
    }
  }

  private HttpServerResponse begin(int status) {
    var response =
        request
            .response()
            .setStatusCode(status)
            .putHeader(REQUEST_ID, trace.id())
            .putHeader(DURABILITY, durability)
            .putHeader(SNIFFING, NOSNIFF);
    var origin = origin();
    if (origin != null) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE)
          .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
          .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    return response;
  }
}

package dev.earshot.portal.http;

import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.EventLog.NoRoom;
import dev.earshot.stream.host.StateReader.StateUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves endpoints: lets callers in, reads bodies, runs actions off the event loop, answers. */
public final class Api implements AutoCloseable {

  public static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

  private static final Logger log = LoggerFactory.getLogger(Api.class);
  private static final Duration BODY_DEADLINE = Duration.ofSeconds(10);
  private static final int NO_ROOM_RETRY_SECONDS = 5;
  private static final int ACTIONS_MAX = 64;
  private static final int STREAMS_MAX = 32;
  private static final String BEARER = "Bearer ";

  private final Doorkeeper doorkeeper;
  private final BooleanSupplier ready;
  private final MeterRegistry meters;
  private final BodyReader bodies;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("portal-", 0).factory());
  private final Semaphore actions = new Semaphore(ACTIONS_MAX);
  private final Semaphore streams = new Semaphore(STREAMS_MAX);
  private final Set<ResponseLines> open = ConcurrentHashMap.newKeySet();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param ready whether all keys are known: before that, an unknown key may be a good one
   */
  public Api(Vertx vertx, Doorkeeper doorkeeper, BooleanSupplier ready, MeterRegistry meters) {
    this.doorkeeper = doorkeeper;
    this.ready = ready;
    this.meters = meters;
    this.bodies = new BodyReader(vertx, BODY_BYTES_MAX, BODY_DEADLINE);
  }

  /**
   * Mounts the endpoints, an answer for every other method on their paths, and one for every other
   * path under {@code /api}. Paths without variables go first, so that none is taken for an id.
   */
  public void mount(Router router, List<Endpoint> endpoints) {
    var ordered =
        endpoints.stream()
            .sorted((a, b) -> Boolean.compare(a.path().contains("{"), b.path().contains("{")))
            .toList();
    for (var endpoint : ordered) {
      router
          .route(HttpMethod.valueOf(endpoint.method().name()), vertxPath(endpoint.path()))
          .handler(context -> handle(endpoint, context));
    }
    allowed(ordered)
        .forEach((path, methods) ->
            router
                .route(vertxPath(path))
                .handler(context -> wrongMethod(context, String.join(", ", methods))));
    router.route("/api/*").handler(this::wrongPath);
    router.route("/api").handler(this::wrongPath);
  }

  private static String vertxPath(String path) {
    return path.replace('{', ':').replace("}", "");
  }

  private static Map<String, Set<String>> allowed(List<Endpoint> endpoints) {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (var endpoint : endpoints) {
      methods.computeIfAbsent(endpoint.path(), _ -> new TreeSet<>()).add(endpoint.method().name());
    }
    return methods;
  }

  private void wrongMethod(RoutingContext context, String allowed) {
    new Exchange(context, "other")
        .fail(
            Problem.of(
                    405,
                    "method_not_allowed",
                    "The path does not know this method.",
                    "Here one can " + allowed + ".")
                .header("Allow", allowed));
  }

  private void wrongPath(RoutingContext context) {
    new Exchange(context, "other")
        .fail(Problem.notFound("unknown_path", "The management API has no such path."));
  }

  private void handle(Endpoint endpoint, RoutingContext context) {
    var exchange = new Exchange(context, endpoint.path());
    try {
      var caller = admit(endpoint, context);
      var query = query(endpoint, context);
      if (!endpoint.takesBody()) {
        exchange.run(endpoint, new Call(caller, context.pathParams(), query, Buffer.buffer()));
        return;
      }
      requireJson(context);
      bodies
          .read(context.request())
          .onSuccess(
              body -> exchange.run(endpoint, new Call(caller, context.pathParams(), query, body)))
          .onFailure(exchange::fail);
    } catch (Refusal refusal) {
      exchange.fail(refusal.problem());
    }
  }

  private Caller admit(Endpoint endpoint, RoutingContext context) {
    if (endpoint.access() == Access.OPEN) {
      return new Caller.Anonymous();
    }
    var authorization = context.request().getHeader("Authorization");
    var caller = caller(authorization);
    return switch (caller) {
      case Caller.Admin admin -> admin;
      case Caller.WriteOnly(var keyId) -> {
        log.info("refused write key {} on {}", keyId, endpoint.path());
        throw new Refusal(
            Problem.of(
                403,
                "key_scope",
                "The key does not allow this.",
                "A write key only writes events; the management API needs an admin key (sk_...)."));
      }
      case Caller.Unknown _ -> throw new Refusal(unknownKey());
      case Caller.Anonymous _ ->
          throw new Refusal(
              unauthorized("no_key", "Send an admin key: Authorization: Bearer sk_..."));
    };
  }

  private Caller caller(@Nullable String authorization) {
    if (authorization == null) {
      return new Caller.Anonymous();
    }
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return doorkeeper.caller(bearer ? authorization.substring(BEARER.length()).strip() : "");
  }

  private Problem unknownKey() {
    return ready.getAsBoolean()
        ? unauthorized("unknown_key", "Nobody gave out this key, or it was revoked.")
        : Problem.unavailable("starting", "Earshot is starting and has not read its keys yet.", 1);
  }

  private static Problem unauthorized(String code, String detail) {
    return Problem.of(401, code, "A valid key is needed.", detail)
        .header("WWW-Authenticate", "Bearer realm=\"earshot\"");
  }

  private static Map<String, String> query(Endpoint endpoint, RoutingContext context) {
    Map<String, String> query = new HashMap<>();
    for (var parameter : context.queryParams()) {
      if (!endpoint.query().contains(parameter.getKey())) {
        throw new Refusal(
            Problem.badRequest(
                "unknown_parameter", unknownParameter(endpoint, parameter.getKey())));
      }
      query.put(parameter.getKey(), parameter.getValue());
    }
    return query;
  }

  private static String unknownParameter(Endpoint endpoint, String name) {
    var known = String.join(", ", new TreeSet<>(endpoint.query()));
    return "There is no parameter \""
        + name
        + "\" here; "
        + (known.isEmpty() ? "there are none." : "known are " + known + ".");
  }

  private static void requireJson(RoutingContext context) {
    var type = context.request().getHeader("Content-Type");
    var media = type == null ? "" : type.split(";", 2)[0].strip();
    if (!media.equalsIgnoreCase("application/json")) {
      throw new Refusal(unsupported("The body must be application/json."));
    }
    var coding = context.request().getHeader("Content-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw new Refusal(unsupported("The body must not be compressed."));
    }
  }

  private static Problem unsupported(String detail) {
    return Problem.of(415, "unsupported_media_type", "The body is in the wrong form.", detail);
  }

  /** Ends the streams, and waits for nothing. */
  @Override
  public void close() {
    open.forEach(ResponseLines::close);
    threads.shutdownNow();
  }

  /** One request and its answer. */
  private final class Exchange {
    private final RoutingContext routing;
    private final Context context;
    private final String path;
    private final Timer.Sample sample = Timer.start(meters);
    private final String id = HexFormat.of().toHexDigits(random.nextLong());

    Exchange(RoutingContext routing, String path) {
      this.routing = routing;
      this.context = routing.vertx().getOrCreateContext();
      this.path = path;
      SecurityHeaders.put(routing.response());
    }

    void run(Endpoint endpoint, Call call) {
      if (!actions.tryAcquire()) {
        fail(Problem.unavailable("busy", "Too many requests are being worked on.", 1));
        return;
      }
      threads.execute(() -> {
        Answer answer;
        try {
          answer = answer(endpoint, call);
        } finally {
          actions.release();
        }
        finish(answer);
      });
    }

    private Answer answer(Endpoint endpoint, Call call) {
      try {
        return endpoint.action().answer(call);
      } catch (Refusal refusal) {
        return Answer.failed(refusal.problem());
      } catch (NoRoom e) {
        return Answer.failed(
            Problem.unavailable(
                "log_unavailable", String.valueOf(e.getMessage()), NO_ROOM_RETRY_SECONDS));
      } catch (LogUnavailable e) {
        log.warn("request {} on {}: the log is not available", id, path, e);
        return Answer.failed(
            Problem.unavailable("log_unavailable", "The log cannot be used at the moment.", 1));
      } catch (StateUnavailable e) {
        return Answer.failed(
            Problem.unavailable("restoring", "What is known of people is being restored.", 1));
      } catch (RuntimeException e) {
        return Answer.failed(unexpected(e));
      }
    }

    private void finish(Answer answer) {
      switch (answer) {
        case Answer.Whole whole -> context.runOnContext(_ -> send(whole));
        case Answer.Failed(var problem) -> context.runOnContext(_ -> fail(problem));
        case Answer.Lines(var source) -> stream(source);
      }
    }

    private void stream(Answer.LineSource source) {
      if (!streams.tryAcquire()) {
        context.runOnContext(
            _ -> fail(Problem.unavailable("busy", "Too many streams are being followed.", 5)));
        return;
      }
      var lines = new ResponseLines(context, routing.response());
      open.add(lines);
      try {
        routing
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "application/x-ndjson")
            .putHeader("X-Accel-Buffering", "no");
        source.writeTo(lines);
        lines.flush();
      } catch (RuntimeException e) {
        log.warn("request {} on {}: the stream broke off", id, path, e);
        context.runOnContext(_ -> routing.request().connection().close());
        return;
      } finally {
        open.remove(lines);
        streams.release();
      }
      context.runOnContext(_ -> endStream());
    }

    private void endStream() {
      if (!routing.response().closed() && !routing.response().ended()) {
        routing.response().end();
      }
      count(200);
    }

    private void send(Answer.Whole whole) {
      var response = routing.response();
      whole.headers().forEach(response::putHeader);
      end(response, whole.status(), whole.contentType(), whole.body());
    }

    void fail(Throwable cause) {
      if (cause instanceof Refusal refusal) {
        fail(refusal.problem());
      } else if (!routing.response().closed()) {
        fail(unexpected(cause));
      }
    }

    void fail(Problem problem) {
      var response = routing.response();
      problem.headers().forEach(response::putHeader);
      if (!routing.request().isEnded()) {
        // What is left of the body is not read, so the connection is of no further use.
        response.putHeader("Connection", "close");
      }
      end(response, problem.status(), Problem.CONTENT_TYPE, Buffer.buffer(problem.json(id)));
    }

    private Problem unexpected(Throwable cause) {
      log.error("request {} on {} failed", id, path, cause);
      return Problem.of(
          500,
          "internal",
          "Earshot made a mistake.",
          "The log of the server has the cause under this request's id.");
    }

    private void end(HttpServerResponse response, int status, String type, Buffer body) {
      if (response.closed() || response.ended()) {
        return;
      }
      response.setStatusCode(status).putHeader("Content-Type", type).end(body);
      count(status);
    }

    private void count(int status) {
      sample.stop(meters.timer("earshot.api", "path", path, "status", Integer.toString(status)));
    }
  }
}

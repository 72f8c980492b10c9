package dev.earshot.gateway;

import dev.earshot.gateway.admission.Gate;
import dev.earshot.gateway.collect.Callers;
import dev.earshot.gateway.collect.Collector;
import dev.earshot.gateway.collect.Crowd;
import dev.earshot.gateway.collect.Readiness;
import dev.earshot.gateway.key.Keys;
import dev.earshot.gateway.key.Quota;
import dev.earshot.gateway.key.Quotas;
import dev.earshot.gateway.request.BodyReader;
import dev.earshot.gateway.request.Brake;
import dev.earshot.gateway.request.ByteBudget;
import dev.earshot.gateway.request.Connections;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.Problem;
import dev.earshot.gateway.request.ProblemType;
import dev.earshot.gateway.request.TrustedProxies;
import dev.earshot.gateway.unsubscribe.Tokens;
import dev.earshot.gateway.unsubscribe.Unsubscribing;
import dev.earshot.stream.EventLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The way in for events. It takes the requests for its own paths from a router and leaves the
 * others to whoever comes after it.
 */
public final class Gateway implements Handler<RoutingContext> {

  private static final int WORKERS = Runtime.getRuntime().availableProcessors();

  private final GatewayConfig config;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final TrustedProxies proxies;
  private final Brake brake;
  private final BodyReader bodies;
  private final Routes routes;
  private final Map<Ended, Timer> timers = new ConcurrentHashMap<>();

  /** What requests are measured by: where they went, and how they ended. */
  private record Ended(String path, String code) {}

  public Gateway(
      Vertx vertx,
      GatewayConfig config,
      EventLog eventLog,
      Keys keys,
      Tokens tokens,
      Readiness readiness,
      InstantSource clock,
      MeterRegistry registry) {
    this.config = config;
    this.clock = clock;
    this.registry = registry;
    this.proxies = new TrustedProxies(config.trustedProxies());
    var callers =
        new Callers(
            keys,
            quotas(config.browserQuota()),
            quotas(config.keyQuota()),
            quotas(config.workspaceQuota()));
    var budget = new ByteBudget(config.limits().bytesInWorkMax());
    var crowd = new Crowd(config.deadlines().turn().toNanos(), System::nanoTime);
    this.brake = new Brake(vertx, config.refusals().heldMax());
    this.bodies =
        new BodyReader(vertx, config.limits().requestBytesMax(), config.deadlines().body(), budget);
    var collector =
        new Collector(
            bodies,
            callers,
            crowd,
            vertx.createSharedWorkerExecutor("earshot-admission", WORKERS),
            new Gate(registry),
            eventLog,
            readiness,
            config.deadlines().log(),
            registry);
    this.routes =
        new Routes(
            config.limits(),
            bodies,
            collector,
            new SettingsPages(keys, callers),
            new Unsubscribing(tokens, eventLog, config.deadlines().log()));
    Gauge.builder("earshot.gateway.bytes.in.work", budget, ByteBudget::held).register(registry);
    Gauge.builder("earshot.gateway.requests.in.work", crowd, Crowd::waiting).register(registry);
    Gauge.builder("earshot.gateway.answers.held", brake, Brake::held).register(registry);
  }

  private Quotas quotas(Quota quota) {
    return new Quotas(quota, config.refusals(), System::nanoTime);
  }

  /**
   * Options for the server these routes stand on: bodies arrive as they were sent, and HTTP/2 is
   * left to a proxy, as its abuses have their own long list.
   */
  public static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(true)
        .setMaxHeaderSize(16 * 1024)
        .setMaxChunkSize(64 * 1024)
        .setMaxInitialLineLength(8 * 1024);
  }

  /** Bounds for the connections of that server: how many there are, and how long they may idle. */
  public static Connections connections(GatewayConfig config, MeterRegistry registry) {
    var connections =
        new Connections(
            config.limits(),
            new TrustedProxies(config.trustedProxies()),
            config.deadlines().idle());
    Gauge.builder("earshot.gateway.connections", connections, Connections::open).register(registry);
    return connections;
  }

  public void mount(Router router) {
    router.route().handler(this);
  }

  @Override
  public void handle(RoutingContext context) {
    var route = routes.at(Paths.normal(context.request().path()));
    if (route == null) {
      context.next();
      return;
    }
    var receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var exchange = new Exchange(context, receivedAt, proxies, config.durability(), brake);
    measure(exchange, route);
    exchange.attempt(() -> serve(exchange, route));
  }

  private void serve(Exchange exchange, Route route) {
    var method = exchange.request().method();
    var handler = route.handlers().get(method);
    if (method.equals(HttpMethod.OPTIONS)) {
      bodies.read(exchange, _ -> Preflight.answer(exchange, route));
    } else if (handler != null) {
      handler.accept(exchange);
    } else {
      exchange.request().response().putHeader(HttpHeaders.ALLOW, route.allowed());
      bodies.refuse(
          exchange, Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Use " + route.allowed() + "."));
    }
  }

  private void measure(Exchange exchange, Route route) {
    long start = System.nanoTime();
    exchange.whenOver(() -> {
      var code = exchange.refusedFor().map(problem -> problem.type().code()).orElse("ok");
      timers
          .computeIfAbsent(new Ended(route.name(), code), this::timer)
          .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    });
  }

  private Timer timer(Ended ended) {
    return registry.timer("earshot.gateway.request", "path", ended.path, "code", ended.code);
  }
}

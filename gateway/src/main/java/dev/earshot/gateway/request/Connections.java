package dev.earshot.gateway.request;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a server. Those beyond a number in all and for each address are closed,
 * where proxies speak for many; and those on which nothing is asked for. A connection that is owed
 * an answer is not idle, however long the answer takes.
 */
public final class Connections implements Handler<HttpConnection> {

  /** How often in its idle time a connection is looked at. */
  private static final int LOOKS = 10;

  private final Limits limits;
  private final TrustedProxies proxies;
  private final Duration idleMax;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> openByAddress = new ConcurrentHashMap<>();
  private final Map<HttpConnection, Use> uses = new ConcurrentHashMap<>();

  public Connections(Limits limits, TrustedProxies proxies, Duration idleMax) {
    this.limits = limits;
    this.proxies = proxies;
    this.idleMax = idleMax;
  }

  /** Sees every connection before its first request. */
  @Override
  public void handle(HttpConnection connection) {
    var host = connection.remoteAddress().hostAddress();
    var address = host == null ? "" : host;
    int ofAddress = openByAddress.merge(address, 1, Integer::sum);
    int ofAll = open.incrementAndGet();
    uses.put(connection, new Use());
    connection.closeHandler(_ -> forget(connection, address));
    boolean crowded = ofAddress > limits.connectionsPerAddressMax() && !proxies.trusts(address);
    if (crowded || ofAll > limits.connectionsMax()) {
      connection.close();
    }
  }

  /** Sees every request before it is answered. */
  public void asked(HttpServerRequest request) {
    var use = uses.get(request.connection());
    if (use != null) {
      use.latest = request;
    }
  }

  /** From now on idle connections are closed. */
  public void watch(Vertx vertx) {
    vertx.setPeriodic(idleMax.toMillis() / LOOKS, _ -> closeIdle());
  }

  public int open() {
    return open.get();
  }

  private void closeIdle() {
    long now = System.nanoTime();
    uses.forEach((connection, use) -> {
      if (use.isIdle(now, idleMax)) {
        connection.close();
      }
    });
  }

  private void forget(HttpConnection connection, String address) {
    uses.remove(connection);
    open.decrementAndGet();
    openByAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  /**
   * What a connection is used for. A request leaves its trace only here, so that its way is not
   * longer for it; all else is left to those who look.
   */
  private static final class Use {
    private volatile @Nullable HttpServerRequest latest;

    // What follows belongs to those who look, one at a time.

    private @Nullable HttpServerRequest seen;
    private long quietSince = System.nanoTime();

    boolean isIdle(long now, Duration max) {
      var request = latest;
      boolean owed = request != null && !request.response().ended();
      if (owed || request != seen) {
        seen = request;
        quietSince = now;
      }
      return now - quietSince >= max.toNanos();
    }
  }
}

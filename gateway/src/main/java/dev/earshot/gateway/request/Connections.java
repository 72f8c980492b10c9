package dev.earshot.gateway.request;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes connections beyond a number in all and for each address; proxies speak for many. */
public final class Connections implements Handler<HttpConnection> {

  private final Limits limits;
  private final TrustedProxies proxies;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> openByAddress = new ConcurrentHashMap<>();

  public Connections(Limits limits, TrustedProxies proxies) {
    this.limits = limits;
    this.proxies = proxies;
  }

  @Override
  public void handle(HttpConnection connection) {
    var host = connection.remoteAddress().hostAddress();
    var address = host == null ? "" : host;
    int ofAddress = openByAddress.merge(address, 1, Integer::sum);
    int ofAll = open.incrementAndGet();
    connection.closeHandler(_ -> forget(address));
    boolean crowded = ofAddress > limits.connectionsPerAddressMax() && !proxies.trusts(address);
    if (crowded || ofAll > limits.connectionsMax()) {
      connection.close();
    }
  }

  public int open() {
    return open.get();
  }

  private void forget(String address) {
    open.decrementAndGet();
    openByAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }
}

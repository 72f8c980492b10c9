package dev.earshot.gateway;

import dev.earshot.gateway.request.Exchange;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What stands at a path.
 *
 * @param name by which it is measured, the same for all its aliases
 */
record Route(String name, Map<HttpMethod, Consumer<Exchange>> handlers) {

  Route {
    handlers = Map.copyOf(handlers);
  }

  Route(String name, HttpMethod method, Consumer<Exchange> handler) {
    this(name, Map.of(method, handler));
  }

  String allowed() {
    return handlers.keySet().stream()
        .map(HttpMethod::name)
        .sorted()
        .collect(Collectors.joining(", ", "", ", OPTIONS"));
  }
}

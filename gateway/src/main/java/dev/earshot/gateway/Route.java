package dev.earshot.gateway;

import dev.earshot.gateway.request.Exchange;
import io.vertx.core.http.HttpMethod;
import java.util.function.Consumer;

/**
 * What stands at a path.
 *
 * @param name by which it is measured, the same for all its aliases
 */
record Route(String name, HttpMethod method, Consumer<Exchange> handler) {

  String allowed() {
    return method.name() + ", OPTIONS";
  }
}

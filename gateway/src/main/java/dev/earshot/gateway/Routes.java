package dev.earshot.gateway;

import dev.earshot.gateway.cloudevents.CloudEvents;
import dev.earshot.gateway.collect.Collector;
import dev.earshot.gateway.collect.Endpoint;
import dev.earshot.gateway.request.BodyReader;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.Limits;
import dev.earshot.gateway.segment.SegmentEndpoints;
import dev.earshot.gateway.unsubscribe.Unsubscribing;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every path of the gateway, and what stands there. */
final class Routes {

  private static final String PROJECTS = "/v1/projects/";
  private static final byte[] SUCCESS = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);

  private final BodyReader bodies;
  private final Map<String, Route> byPath = new HashMap<>();
  private final Route settings;
  private final Route unsubscribe;

  Routes(
      Limits limits,
      BodyReader bodies,
      Collector collector,
      SettingsPages pages,
      Unsubscribing unsubscribing) {
    this.bodies = bodies;
    this.settings = new Route("settings", HttpMethod.GET, emptied(pages::segment));
    this.unsubscribe =
        new Route(
            Unsubscribing.PATH,
            Map.of(
                HttpMethod.GET,
                emptied(unsubscribing::ask),
                HttpMethod.POST,
                emptied(unsubscribing::unsubscribe)));
    SegmentEndpoints.byPath(limits).forEach((path, endpoint) -> post(path, endpoint, collector));
    post(CloudEvents.PATH, CloudEvents.endpoint(limits), collector);
    // The browser client's figures about itself.
    put("/v1/m", HttpMethod.POST, emptied(exchange -> exchange.answer(200, SUCCESS)));
    put("/sourceConfig", HttpMethod.GET, emptied(pages::rudderStack));
  }

  @Nullable Route at(String path) {
    if (path.startsWith(Unsubscribing.PATH)) {
      return unsubscribe;
    }
    boolean project = path.startsWith(PROJECTS) && SettingsPages.writeKey(path) != null;
    return project ? settings : byPath.get(path);
  }

  private void post(String path, Endpoint endpoint, Collector collector) {
    put(path, HttpMethod.POST, exchange -> collector.collect(exchange, endpoint));
  }

  private void put(String path, HttpMethod method, Consumer<Exchange> handler) {
    byPath.put(path, new Route(path, method, handler));
  }

  /** Reads the body within its limits before it is forgotten. */
  private Consumer<Exchange> emptied(Consumer<Exchange> handler) {
    return exchange -> bodies.read(exchange, _ -> handler.accept(exchange));
  }
}

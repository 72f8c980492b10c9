package dev.earshot.gateway;

import dev.earshot.gateway.cloudevents.CloudEvents;
import dev.earshot.gateway.request.Exchange;
import io.vertx.core.http.HttpHeaders;

/** Answers to those who ask before they send: browsers, and senders of CloudEvents. */
final class Preflight {

  private static final String ALLOWED_HEADERS =
      "authorization, content-type, content-encoding, anonymousid, sentat, traceparent";
  private static final String DAY = "86400";

  private Preflight() {}

  static void answer(Exchange exchange, Route route) {
    boolean cloudEvents = route.name().equals(CloudEvents.PATH);
    var sender = exchange.request().getHeader("WebHook-Request-Origin");
    if (cloudEvents && sender != null) {
      exchange
          .request()
          .response()
          .putHeader(HttpHeaders.ALLOW, route.allowed())
          .putHeader("WebHook-Allowed-Origin", sender)
          .putHeader("WebHook-Allowed-Rate", "*");
      exchange.answer(200);
    } else {
      page(exchange, route);
    }
  }

  private static void page(Exchange exchange, Route route) {
    var wanted = exchange.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    exchange
        .request()
        .response()
        .putHeader(HttpHeaders.ALLOW, route.allowed())
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, route.allowed())
        .putHeader(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted == null ? ALLOWED_HEADERS : wanted)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
    exchange.answer(204);
  }
}

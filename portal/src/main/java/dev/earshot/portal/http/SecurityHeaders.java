package dev.earshot.portal.http;

import io.vertx.core.http.HttpServerResponse;

/** The headers that every answer has, so that a browser neither guesses, keeps nor leaks it. */
final class SecurityHeaders {

  static final String NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void put(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Content-Security-Policy", NOTHING);
  }
}

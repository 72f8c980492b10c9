package dev.earshot.gateway;

import dev.earshot.gateway.collect.Callers;
import dev.earshot.gateway.key.Keys;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.ProblemType;
import dev.earshot.gateway.request.Refusal;
import dev.earshot.gateway.segment.ClientSettings;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings that browser clients fetch by their write key, which is public. */
final class SettingsPages {

  private static final Pattern PROJECT = Pattern.compile("/v1/projects/([^/]{1,128})/settings");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._\\-\\[\\]:]{1,255}");
  private static final String CACHED = "private, max-age=120";

  private final Keys keys;
  private final Callers callers;

  SettingsPages(Keys keys, Callers callers) {
    this.keys = keys;
    this.callers = callers;
  }

  /** The write key in a path of settings; nothing when the path is no such path. */
  static @Nullable String writeKey(String path) {
    var project = PROJECT.matcher(path);
    return project.matches() ? project.group(1) : null;
  }

  void segment(Exchange exchange) {
    var writeKey = writeKey(Paths.normal(exchange.request().path()));
    if (writeKey == null || keys.find(writeKey).isEmpty()) {
      throw new Refusal(ProblemType.NOT_FOUND, "No such key.");
    }
    answer(exchange, ClientSettings.segment(writeKey, host(exchange), protocol(exchange)));
  }

  void rudderStack(Exchange exchange) {
    answer(exchange, ClientSettings.rudderStack(callers.caller(exchange)));
  }

  private static void answer(Exchange exchange, byte[] json) {
    exchange.request().response().putHeader(HttpHeaders.CACHE_CONTROL, CACHED);
    exchange.answer(200, json);
  }

  private static String host(Exchange exchange) {
    var authority = exchange.request().getHeader(HttpHeaders.HOST);
    if (authority == null || !HOST.matcher(authority).matches()) {
      throw new Refusal(ProblemType.MALFORMED, "The Host header is to name this server.");
    }
    return authority;
  }

  /** A page that came by https may send by nothing else; others may have no choice. */
  private static @Nullable String protocol(Exchange exchange) {
    var page = exchange.origin();
    boolean secure = exchange.request().isSSL() || (page != null && page.startsWith("https:"));
    return secure ? null : "http";
  }
}

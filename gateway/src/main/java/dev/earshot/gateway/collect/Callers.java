package dev.earshot.gateway.collect;

import dev.earshot.event.Origin;
import dev.earshot.gateway.key.Credential;
import dev.earshot.gateway.key.Credential.Basic;
import dev.earshot.gateway.key.Credential.Bearer;
import dev.earshot.gateway.key.Key;
import dev.earshot.gateway.key.Key.Role;
import dev.earshot.gateway.key.Keys;
import dev.earshot.gateway.key.Quotas;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.Problem;
import dev.earshot.gateway.request.ProblemType;
import dev.earshot.gateway.request.Refusal;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request, whether it may, and whether it has not sent too much. */
public final class Callers {

  private final Keys keys;
  private final Quotas perKey;
  private final Quotas perBrowser;

  /**
   * @param perKey what each key may send
   * @param perBrowser what each address may send through one key from browsers
   */
  public Callers(Keys keys, Quotas perKey, Quotas perBrowser) {
    this.keys = keys;
    this.perKey = perKey;
    this.perBrowser = perBrowser;
  }

  /** The key of the request: the header's, else the body's. Throws {@link Refusal}. */
  public Key caller(Exchange exchange, @Nullable String inBody) {
    var authorization = exchange.request().getHeader(HttpHeaders.AUTHORIZATION);
    var key =
        switch (Credential.of(authorization)) {
          case Basic(var presented) -> keys.find(presented);
          case Bearer(var token) -> keys.find(token).or(() -> find(inBody));
          case Credential.None() -> find(inBody);
        };
    return key.orElseThrow(() ->
        new Refusal(
            ProblemType.UNKNOWN_KEY,
            "Send a write key as the user of Basic, as Bearer, or as writeKey in the body."));
  }

  private Optional<Key> find(@Nullable String presented) {
    return presented == null ? Optional.empty() : keys.find(presented);
  }

  /** Throws {@link Refusal} unless the key may send so many events here and now. */
  void require(Exchange exchange, Key key, Origin origin, int events) {
    var page = exchange.origin();
    if (page != null && key.isSecret()) {
      throw new Refusal(ProblemType.KEY_SCOPE, "A secret key has no place in a browser.");
    }
    if (origin == Origin.HISTORY && key.role() != Role.ADMIN) {
      throw new Refusal(ProblemType.KEY_SCOPE, "To write the past takes an admin key.");
    }
    if (!key.allows(page)) {
      throw new Refusal(ProblemType.FOREIGN_ORIGIN, "The key does not list this origin.");
    }
    requireQuota(exchange, key, events);
  }

  private void requireQuota(Exchange exchange, Key key, int events) {
    var name = key.workspace() + '|' + key.id();
    var wait = perKey.take(name, events);
    if (wait.isZero() && exchange.origin() != null) {
      wait = perBrowser.take(name + '|' + exchange.address(), events);
    }
    if (!wait.isZero()) {
      throw new Refusal(
          Problem.retry(
              ProblemType.QUOTA_EXCEEDED,
              "Slow down, and send the same events again.",
              seconds(wait)));
    }
  }

  private static int seconds(Duration wait) {
    return (int) Math.min(300, wait.toSeconds() + 1);
  }
}

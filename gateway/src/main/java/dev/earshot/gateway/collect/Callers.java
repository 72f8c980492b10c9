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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request, whether it may, and whether it has not sent too much. */
public final class Callers {

  private final Keys keys;
  private final Quotas perBrowser;
  private final Quotas perKey;
  private final Quotas perWorkspace;

  /** One of the buckets that the events of a request are taken from. */
  private record Share(Quotas quotas, String name, String sender) {}

  /**
   * @param perBrowser what each address may send through one key from browsers
   * @param perKey what each key may send
   * @param perWorkspace what all keys of a workspace may send together
   */
  public Callers(Keys keys, Quotas perBrowser, Quotas perKey, Quotas perWorkspace) {
    this.keys = keys;
    this.perBrowser = perBrowser;
    this.perKey = perKey;
    this.perWorkspace = perWorkspace;
  }

  /** What a request with this key in its head will be refused for, whatever its body holds. */
  Optional<Problem> foreseen(Exchange exchange, Key named) {
    return shares(exchange, named).stream()
        .flatMap(share -> refused(share, share.quotas().ask(share.name(), 1)).stream())
        .findFirst();
  }

  /** The key that the head of the request names. Throws {@link Refusal} when it names none. */
  public Key caller(Exchange exchange) {
    return caller(exchange, named(exchange), null);
  }

  /** The key of the request: the one its head names, else the body's. Throws {@link Refusal}. */
  Key caller(Exchange exchange, Optional<Key> named, @Nullable String inBody) {
    var key =
        inBody == null || credential(exchange) instanceof Basic
            ? named
            : named.or(() -> keys.find(inBody));
    return key.orElseThrow(() ->
        new Refusal(
            ProblemType.UNKNOWN_KEY,
            "Send a write key as the user of Basic, as Bearer, or as writeKey in the body."));
  }

  /** The key that the head of the request names. */
  Optional<Key> named(Exchange exchange) {
    return switch (credential(exchange)) {
      case Basic(var presented) -> keys.find(presented);
      case Bearer(var token) -> keys.find(token);
      case Credential.None() -> Optional.empty();
    };
  }

  private static Credential credential(Exchange exchange) {
    return Credential.of(exchange.request().getHeader(HttpHeaders.AUTHORIZATION));
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
    takeShares(shares(exchange, key), events);
  }

  /** The narrowest first, so that who is refused there uses up nothing that others need. */
  private List<Share> shares(Exchange exchange, Key key) {
    var name = key.workspace() + '|' + key.id();
    var shares = new ArrayList<Share>(3);
    if (exchange.origin() != null) {
      shares.add(new Share(perBrowser, name + '|' + exchange.address(), "This address sends"));
    }
    shares.add(new Share(perKey, name, "This key sends"));
    shares.add(new Share(perWorkspace, key.workspace(), "The workspace's keys together send"));
    return shares;
  }

  private static void takeShares(List<Share> shares, int events) {
    for (int at = 0; at < shares.size(); at++) {
      var share = shares.get(at);
      var problem = refused(share, share.quotas().take(share.name(), events));
      if (problem.isPresent()) {
        shares.subList(0, at).forEach(taken -> taken.quotas().giveBack(taken.name(), events));
        throw new Refusal(problem.get());
      }
    }
  }

  private static Optional<Problem> refused(Share share, Duration wait) {
    return wait.isZero()
        ? Optional.empty()
        : Optional.of(
            Problem.retry(
                    ProblemType.QUOTA_EXCEEDED,
                    share.sender() + " too much. Slow down, and send the same events again.",
                    seconds(wait))
                .late(share.quotas().lateness(share.name())));
  }

  private static int seconds(Duration wait) {
    return (int) Math.min(300, wait.toSeconds() + 1);
  }
}

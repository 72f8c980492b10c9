package dev.earshot.channel.webhook;

import dev.earshot.channel.webhook.TargetGuard.Verdict.Forbidden;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Open;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Unresolved;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Decides whether a webhook may go where it wants to. A name is resolved once and every address it
 * has is judged; whoever connects must connect to one of those, and not resolve again.
 */
public final class TargetGuard {

  private static final Set<Integer> PORTS = Set.of(443, 80, 8443);
  private static final int ADDRESSES_MAX = 32;

  private final List<Cidr> allowPrivate;
  private final Resolver resolver;

  /**
   * @param allowPrivate addresses that are allowed although they are not public; for them every
   *     port and plain http are allowed too
   */
  public TargetGuard(List<Cidr> allowPrivate, Resolver resolver) {
    this.allowPrivate = List.copyOf(allowPrivate);
    this.resolver = resolver;
  }

  /** What may be done with a URL. */
  public sealed interface Verdict {

    /** Connect to one of these, and to no other. */
    record Open(List<InetAddress> addresses) implements Verdict {
      public Open {
        addresses = List.copyOf(addresses);
      }
    }

    record Forbidden(String reason) implements Verdict {}

    /** The name has no address at the moment. */
    record Unresolved(String reason, boolean timedOut) implements Verdict {}
  }

  public Verdict judge(WebhookUrl url, Duration within) throws InterruptedException {
    List<InetAddress> addresses;
    try {
      var literal = url.literal();
      addresses =
          literal.isPresent() ? List.of(literal.get()) : resolver.resolve(url.host(), within);
    } catch (TimeoutException e) {
      return new Unresolved("no address for " + url.host() + " in time", true);
    }
    if (addresses.isEmpty() || addresses.size() > ADDRESSES_MAX) {
      return new Unresolved("no address for " + url.host(), false);
    }
    return addresses.stream()
        .map(address -> objection(url, address))
        .flatMap(Optional::stream)
        .findFirst()
        .<Verdict>map(Forbidden::new)
        .orElseGet(() -> new Open(addresses));
  }

  private Optional<String> objection(WebhookUrl url, InetAddress address) {
    if (allowPrivate.stream().anyMatch(block -> block.contains(address))) {
      return Optional.empty();
    }
    if (!PublicAddresses.contains(address) || PublicAddresses.isOurs(address)) {
      return Optional.of(
          url.host() + " has the address " + address.getHostAddress() + ", which is not public");
    }
    if (!url.secure()) {
      return Optional.of("a webhook goes over https");
    }
    return PORTS.contains(url.port())
        ? Optional.empty()
        : Optional.of("a webhook goes to port 443, 80 or 8443, not " + url.port());
  }
}

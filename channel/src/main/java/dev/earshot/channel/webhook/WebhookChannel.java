package dev.earshot.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.earshot.channel.Channel;
import dev.earshot.channel.Message;
import dev.earshot.channel.Reasons;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.channel.webhook.Destinations.Reading;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Forbidden;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Open;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Unresolved;
import dev.earshot.channel.webhook.WebhookClient.Answer;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Refused;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Webhooks after the standard of that name, each signed, to a target that was judged. */
public final class WebhookChannel implements Channel, AutoCloseable {

  static final Duration TOTAL_TIME = Duration.ofSeconds(15);
  private static final String USER_AGENT = "Earshot";

  private final TargetGuard guard;
  private final Destinations destinations;
  private final InstantSource clock;
  private final WebhookClient client;

  public WebhookChannel(Vertx vertx, TargetGuard guard, SecretBox box, InstantSource clock) {
    this(vertx, guard, box, clock, UnaryOperator.identity());
  }

  /**
   * @param options changes to the client's, such as the certificates a test trusts
   */
  WebhookChannel(
      Vertx vertx,
      TargetGuard guard,
      SecretBox box,
      InstantSource clock,
      UnaryOperator<HttpClientOptions> options) {
    this.guard = guard;
    this.destinations = new Destinations(new DestinationSecrets(box));
    this.clock = clock;
    this.client = new WebhookClient(vertx, options);
  }

  @Override
  public Outcome send(Message message) {
    var definition = message.destination();
    return switch (definition == null ? new Reading.Invalid() : destinations.read(definition)) {
      case Reading.Invalid() ->
          Reasons.deferred("destination_invalid", "its definition cannot be used");
      case Reading.Unreadable() ->
          Reasons.deferred("secret_unreadable", "sealed under another master key");
      case Reading.Open destination -> send(message, destination);
    };
  }

  @Override
  public int attemptsMax() {
    return WebhookClient.CONNECTIONS_MAX;
  }

  @Override
  public void close() {
    client.close();
  }

  private Outcome send(Message message, Reading.Open destination) {
    return switch (WebhookBody.of(message)) {
      case WebhookBody.Unfit(var reason) -> new Refused(reason);
      case WebhookBody.Fit(var json) -> send(message, destination, json.getBytes(UTF_8));
    };
  }

  private Outcome send(Message message, Reading.Open destination, byte[] body) {
    long startedNanos = System.nanoTime();
    var url = destination.url();
    try {
      return switch (guard.judge(url, WebhookClient.CONNECT_TIME)) {
        case Forbidden(var reason) -> new Refused(Reasons.text("destination_forbidden", reason));
        case Unresolved(var reason, var timedOut) ->
            timedOut ? Reasons.timeout(reason) : Reasons.deferred("dns", reason);
        case Open(var addresses) -> {
          var headers = headers(message, destination, body, clock.instant());
          yield post(url, chosen(addresses, message), headers, body, startedNanos);
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reasons.deferred("stopped", "the sender is closing");
    }
  }

  /** Another address each time, so that one that is down does not fail every attempt. */
  private static InetAddress chosen(List<InetAddress> addresses, Message message) {
    return addresses.get((message.attempt().number() - 1) % addresses.size());
  }

  private Outcome post(
      WebhookUrl url,
      InetAddress address,
      Map<String, String> headers,
      byte[] body,
      long startedNanos)
      throws InterruptedException {
    var left = TOTAL_TIME.minusNanos(System.nanoTime() - startedNanos);
    try {
      return outcome(client.post(url, address, headers, body, left));
    } catch (TimeoutException e) {
      return Reasons.timeout("no whole answer within " + TOTAL_TIME.toSeconds() + " s");
    } catch (ExecutionException e) {
      return failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private Outcome outcome(Answer answer) {
    var said = Reasons.text("http_" + answer.status(), answer.text());
    return switch (answer.status() / 100) {
      case 2 -> new Accepted(said);
      case 3 -> Reasons.deferred("http_" + answer.status(), "redirects are not followed");
      default ->
          answer.status() == 410
              ? new Refused(said)
              : new Deferred(said, RetryAfter.parse(answer.retryAfter(), clock.instant()));
    };
  }

  private static Deferred failure(Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException _, TimeoutException _ ->
          Reasons.timeout("no connection within " + WebhookClient.CONNECT_TIME.toSeconds() + " s");
      case SSLException it -> Reasons.deferred("tls", String.valueOf(it.getMessage()));
      default -> Reasons.deferred("connection", String.valueOf(cause.getMessage()));
    };
  }

  private static Map<String, String> headers(
      Message message, Reading.Open destination, byte[] body, Instant at) {
    var id = message.delivery().id().replace('.', '_');
    var signatures =
        destination.secrets().stream()
            .map(secret -> secret.sign(id, at, body))
            .collect(Collectors.joining(" "));
    var headers = new LinkedHashMap<>(destination.headers());
    headers.putIfAbsent("user-agent", USER_AGENT);
    headers.put("content-type", "application/json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
    headers.put("webhook-signature", signatures);
    return headers;
  }
}

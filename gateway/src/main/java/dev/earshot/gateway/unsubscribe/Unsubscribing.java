package dev.earshot.gateway.unsubscribe;

import dev.earshot.engine.Ids;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.event.Subject.Kind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.gateway.key.Pace;
import dev.earshot.gateway.key.Quota;
import dev.earshot.gateway.key.Quotas;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.Problem;
import dev.earshot.gateway.request.ProblemType;
import dev.earshot.gateway.request.Refusal;
import dev.earshot.stream.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Unsubscribes by the link of a mail, as RFC 8058 has it: looking at the link does nothing, since
 * programs look at every link of a mail; posting to it unsubscribes, and asks nothing more.
 */
public final class Unsubscribing {

  /** What every link begins with, before its token. */
  public static final String PATH = "/u/";

  private static final String SOURCE = "unsubscribe";
  private static final Quota PER_PERSON = new Quota(1, 10);
  private static final int RETRY_SECONDS = 2;
  private static final int ID_LENGTH = 26;
  private static final Properties UNSUBSCRIBED =
      Properties.of(new Fields(Map.of("unsubscribed", Value.of(true))));

  private final Tokens tokens;
  private final EventLog log;
  private final Duration logDeadline;
  private final Quotas quotas = new Quotas(PER_PERSON, Pace.STANDARD, System::nanoTime);

  public Unsubscribing(Tokens tokens, EventLog log, Duration logDeadline) {
    this.tokens = tokens;
    this.log = log;
    this.logDeadline = logDeadline;
  }

  public void ask(Exchange exchange) {
    var _ = subject(exchange);
    exchange.show(
        page(
            """
            <p>Do you want no more mail from us?</p>
            <form method="post"><button>Unsubscribe</button></form>
            """));
  }

  public void unsubscribe(Exchange exchange) {
    var subject = subject(exchange);
    if (!quotas.take(subject.key(), 1).isZero()) {
      throw new Refusal(
          Problem.retry(
              ProblemType.QUOTA_EXCEEDED, "This was asked for a moment ago.", RETRY_SECONDS));
    }
    Future.fromCompletionStage(
            log.append(List.of(event(subject, exchange.receivedAt()))), Vertx.currentContext())
        .timeout(logDeadline.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(_ -> exchange.show(page("<p>You get no more mail from us.</p>\n")))
        .onFailure(_ ->
            exchange.refuse(
                Problem.retry(
                    ProblemType.LOG_UNAVAILABLE,
                    "You are not unsubscribed yet; try again in a moment.",
                    RETRY_SECONDS)));
  }

  private Subject subject(Exchange exchange) {
    var path = exchange.request().path();
    return tokens
        .subject(path == null ? "" : path.substring(PATH.length()))
        .filter(subject -> subject.kind() != Kind.ACCOUNT)
        .orElseThrow(() ->
            new Refusal(
                ProblemType.NOT_FOUND, "This link is incomplete. Use the one in the mail whole."));
  }

  /** It says no more than the field's own libraries would, so that all rules about traits hold. */
  private static Event event(Subject subject, Instant at) {
    return new Event(
        id(subject, at),
        subject.workspace(),
        EventType.IDENTIFY,
        EventType.IDENTIFY.eventName(),
        subject.kind() == Kind.USER ? subject.id() : null,
        subject.kind() == Kind.ANONYMOUS ? subject.id() : null,
        null,
        null,
        UNSUBSCRIBED,
        Properties.EMPTY,
        at,
        at,
        Origin.LIVE,
        SOURCE);
  }

  /**
   * The same for a minute, so that a repeat is one event; not for longer, or whoever subscribed
   * again could not leave by the same link.
   */
  private static String id(Subject subject, Instant at) {
    return "unsubscribe-"
        + Ids.derived(subject.key() + '|' + at.truncatedTo(ChronoUnit.MINUTES), ID_LENGTH);
  }

  private static String page(String body) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="robots" content="noindex">
    <title>Unsubscribe</title>
    <h1>Unsubscribe</h1>
    """
        + body
        + "</html>\n";
  }
}

package dev.earshot.gateway.collect;

import dev.earshot.event.Event;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Properties;
import dev.earshot.gateway.admission.Admission;
import dev.earshot.gateway.admission.Admission.Admitted;
import dev.earshot.gateway.admission.Admission.Quarantined;
import dev.earshot.gateway.admission.Envelope;
import dev.earshot.gateway.admission.Gate;
import dev.earshot.gateway.admission.Message;
import dev.earshot.gateway.admission.MessageReader;
import dev.earshot.gateway.admission.Messages;
import dev.earshot.gateway.key.Key;
import dev.earshot.gateway.request.BodyReader;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.Problem;
import dev.earshot.gateway.request.ProblemType;
import dev.earshot.gateway.request.Refusal;
import dev.earshot.stream.EventLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Takes the events of one request from its body to the log, and answers when the log has them:
 * read, know the key, keep to the quota, admit, append. What is small is taken on its event loop.
 * What is large waits for one of few workers, so that an event loop has time for the others, above
 * all for those that are to be refused at once.
 */
public final class Collector {

  private static final Logger log = LoggerFactory.getLogger(Collector.class);

  /** What is larger takes a millisecond or more. */
  private static final int SMALL_BYTES_MAX = 16 * 1024;

  /** Whom a large request counts for in the crowd while nobody has read its key. */
  private static final String NOT_READ = "";

  private static final int RETRY_SECONDS_MIN = 2;
  private static final int RETRY_SECONDS_SPREAD = 3;

  private final BodyReader bodies;
  private final Callers callers;
  private final Crowd crowd;
  private final WorkerExecutor workers;
  private final Gate gate;
  private final EventLog eventLog;
  private final Readiness readiness;
  private final Duration logDeadline;
  private final Counter accepted;
  private final Counter quarantined;
  private final Counter rejected;

  public Collector(
      BodyReader bodies,
      Callers callers,
      Crowd crowd,
      WorkerExecutor workers,
      Gate gate,
      EventLog eventLog,
      Readiness readiness,
      Duration logDeadline,
      MeterRegistry registry) {
    this.bodies = bodies;
    this.callers = callers;
    this.crowd = crowd;
    this.workers = workers;
    this.gate = gate;
    this.eventLog = eventLog;
    this.readiness = readiness;
    this.logDeadline = logDeadline;
    this.accepted = counter(registry, "accepted");
    this.quarantined = counter(registry, "quarantined");
    this.rejected = counter(registry, "rejected");
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return registry.counter("earshot.gateway.events", "result", result);
  }

  public void collect(Exchange exchange, Endpoint endpoint) {
    var trouble = readiness.trouble();
    if (trouble.isPresent()) {
      bodies.refuse(exchange, later(ProblemType.NOT_READY, trouble.get()));
      return;
    }
    var named = callers.named(exchange);
    named
        .flatMap(key -> foreseen(exchange, key))
        .ifPresentOrElse(
            problem -> bodies.refuse(exchange, problem),
            () -> bodies.read(exchange, body -> take(exchange, endpoint, named, body)));
  }

  private Optional<Problem> foreseen(Exchange exchange, Key key) {
    return callers.foreseen(exchange, key).or(() -> crowded(key.workspace()));
  }

  private Optional<Problem> crowded(String workspace) {
    return crowd.isTooDenseFor(workspace)
        ? Optional.of(Problem.overloaded("Too many wait to be answered."))
        : Optional.empty();
  }

  /** A request that was read, and whose it is. */
  private record Asked(Key key, Messages messages) {}

  /** A request that is on its way into the log. */
  private record Taken(Key key, Results results, CompletableFuture<?> appended) {}

  private void take(Exchange exchange, Endpoint endpoint, Optional<Key> named, byte[] body) {
    try {
      if (body.length <= SMALL_BYTES_MAX) {
        var asked = ask(exchange, endpoint, named, body);
        enter(exchange, asked.key().workspace(), body);
        answerLater(exchange, endpoint, admit(exchange, endpoint, asked));
      } else {
        enter(exchange, named.map(Key::workspace).orElse(NOT_READ), body);
        exchange.handTo(
            workers,
            () -> admit(exchange, endpoint, ask(exchange, endpoint, named, body)),
            taken -> answerLater(exchange, endpoint, taken),
            failure -> refuse(exchange, failure));
      }
    } catch (RuntimeException e) {
      refuse(exchange, e);
    }
  }

  private static void refuse(Exchange exchange, Throwable failure) {
    switch (failure) {
      case Json.Malformed e ->
          exchange.refuse(Problem.of(ProblemType.MALFORMED, sentence(e.getMessage())));
      case MessageReader.TooMany e ->
          exchange.refuse(Problem.of(ProblemType.TOO_MANY_EVENTS, sentence(e.getMessage())));
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  private void enter(Exchange exchange, String workspace, byte[] body) {
    crowded(workspace)
        .ifPresent(problem -> {
          throw new Refusal(problem);
        });
    var place = crowd.enter(workspace, body.length);
    exchange.whenDone(() -> crowd.leave(place));
  }

  private Asked ask(Exchange exchange, Endpoint endpoint, Optional<Key> named, byte[] body) {
    var messages = endpoint.reading().read(exchange, body);
    return new Asked(callers.caller(exchange, named, messages.writeKey()), messages);
  }

  private Taken admit(Exchange exchange, Endpoint endpoint, Asked asked) {
    var key = asked.key();
    var messages = asked.messages();
    callers.require(exchange, key, endpoint.origin(), messages.messages().size());
    var envelope = envelope(exchange, endpoint, key, messages);
    var results = new Results(messages.messages(), gate.admit(messages.messages(), envelope));
    return new Taken(key, results, append(results, envelope, exchange.traceparent()));
  }

  private void answerLater(Exchange exchange, Endpoint endpoint, Taken taken) {
    Future.fromCompletionStage(taken.appended(), Vertx.currentContext())
        .timeout(logDeadline.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(_ -> answer(exchange, endpoint, taken.key(), taken.results()))
        .onFailure(failure -> fail(exchange, taken.key(), failure));
  }

  private Envelope envelope(Exchange exchange, Endpoint endpoint, Key key, Messages messages) {
    var sentAt = messages.sentAt();
    return new Envelope(
        key.workspace(),
        key.id(),
        endpoint.origin(),
        exchange.receivedAt(),
        exchange.id(),
        messages.context(),
        sentAt == null ? exchange.request().getHeader("SentAt") : sentAt,
        exchange.address(),
        exchange.origin() != null,
        key.isSecret(),
        endpoint.eventBytesMax());
  }

  private CompletableFuture<?> append(
      Results results, Envelope envelope, Optional<String> traceparent) {
    var events = new ArrayList<Event>();
    var quarantined = new ArrayList<dev.earshot.stream.Quarantined>();
    for (int at = 0; at < results.admissions().size(); at++) {
      switch (results.admissions().get(at)) {
        case Admitted(var event, _, _) -> events.add(event);
        case Quarantined refused ->
            quarantined.add(kept(results.messages().get(at), refused, envelope));
        case Admission.Rejected _ -> {}
      }
    }
    return append(events, traceparent, quarantined);
  }

  private CompletableFuture<?> append(
      List<Event> events,
      Optional<String> traceparent,
      List<dev.earshot.stream.Quarantined> quarantined) {
    var appended =
        events.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : eventLog.append(events, traceparent);
    return quarantined.isEmpty()
        ? appended
        : CompletableFuture.allOf(appended, eventLog.quarantine(quarantined));
  }

  private static dev.earshot.stream.Quarantined kept(
      Message message, Quarantined refused, Envelope envelope) {
    return new dev.earshot.stream.Quarantined(
        message.idOrDerived(envelope),
        envelope.workspace(),
        envelope.source(),
        refused.code(),
        refused.reason(),
        document(message),
        envelope.receivedAt());
  }

  private static Properties document(Message message) {
    var document = message.document().copy();
    if (document.length > 0 && document[0] == '{') {
      return Properties.of(document);
    }
    var text = new String(document, StandardCharsets.UTF_8);
    return Properties.of(
        new JsonWriter(text.length() + 16).open().member("body", text).close().bytes());
  }

  private void answer(Exchange exchange, Endpoint endpoint, Key key, Results results) {
    count(results);
    mention(exchange, key, results);
    boolean strict = "1".equals(exchange.request().getParam("strict"));
    boolean nothingKept =
        !results.messages().isEmpty() && results.rejected() == results.messages().size();
    if (nothingKept) {
      exchange.refuse(refused(ProblemType.NOTHING_ACCEPTED, results));
    } else if (strict && !results.isAllAccepted()) {
      exchange.refuse(refused(ProblemType.NOT_ALL_ACCEPTED, results));
    } else if (!endpoint.talks() && !strict && results.isPlain()) {
      exchange.answer(endpoint.acceptedStatus());
    } else {
      exchange.answer(endpoint.acceptedStatus(), results.json(strict || !results.isPlain()));
    }
  }

  /** One line a request, about its first event that was not accepted: a caller cannot flood it. */
  private static void mention(Exchange exchange, Key key, Results results) {
    var level = results.isAllAccepted() ? Level.DEBUG : Level.INFO;
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    exchange.mention(() -> {
      try (var _ = MDC.putCloseable("event", results.idToMention())) {
        log.atLevel(level)
            .log(
                "took accepted={} quarantined={} rejected={} key={}",
                results.accepted(),
                results.quarantined(),
                results.rejected(),
                key.id());
      }
    });
  }

  private static Problem refused(ProblemType type, Results results) {
    var detail =
        (results.messages().size() - results.accepted())
            + " of "
            + results.messages().size()
            + " events not accepted.";
    return Problem.of(type, detail).with(writer -> results.write(writer, true));
  }

  private void count(Results results) {
    accepted.increment(results.accepted());
    if (!results.isAllAccepted()) {
      quarantined.increment(results.quarantined());
      rejected.increment(results.rejected());
    }
  }

  private static void fail(Exchange exchange, Key key, @Nullable Throwable failure) {
    exchange.mention(() ->
        log.warn("the log did not confirm key={} cause={}", key.id(), String.valueOf(failure)));
    exchange.refuse(
        later(
            ProblemType.LOG_UNAVAILABLE,
            "Send the request again: events that were kept are known by their messageId."));
  }

  private static Problem later(ProblemType type, String detail) {
    int spread = ThreadLocalRandom.current().nextInt(RETRY_SECONDS_SPREAD);
    return Problem.retry(type, detail, RETRY_SECONDS_MIN + spread);
  }

  private static String sentence(@Nullable String reason) {
    var text = String.valueOf(reason);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}

package dev.earshot.gateway.cloudevents;

import dev.earshot.event.Json;
import dev.earshot.event.JsonNames;
import dev.earshot.event.JsonScanner;
import dev.earshot.event.JsonScanner.Kind;
import dev.earshot.event.Origin;
import dev.earshot.event.Value.Fields;
import dev.earshot.gateway.admission.Admission.Quarantined;
import dev.earshot.gateway.admission.Admission.Rejected;
import dev.earshot.gateway.admission.Message;
import dev.earshot.gateway.admission.Messages;
import dev.earshot.gateway.admission.Slice;
import dev.earshot.gateway.admission.WellFormed;
import dev.earshot.gateway.collect.Endpoint;
import dev.earshot.gateway.request.Exchange;
import dev.earshot.gateway.request.Limits;
import dev.earshot.gateway.request.ProblemType;
import dev.earshot.gateway.request.Refusal;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CloudEvents 1.0 over HTTP: binary, structured and batched, told apart by the content type. */
public final class CloudEvents {

  public static final String PATH = "/v1/cloudevents";

  private static final String BATCHED = "application/cloudevents-batch";
  private static final String STRUCTURED = "application/cloudevents";

  private final Limits limits;

  private CloudEvents(Limits limits) {
    this.limits = limits;
  }

  public static Endpoint endpoint(Limits limits) {
    var reader = new CloudEvents(limits);
    return new Endpoint(reader::read, Origin.LIVE, limits.cloudEventBytesMax(), 202, false);
  }

  private Messages read(Exchange exchange, byte[] body) {
    var type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
    var mode = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (mode.startsWith(BATCHED)) {
      requireJson(mode, BATCHED);
      return batched(body);
    }
    if (mode.startsWith(STRUCTURED)) {
      requireJson(mode, STRUCTURED);
      return structured(body);
    }
    return single(CloudEvent.message(BinaryMode.fields(exchange.request().headers(), mode, body)));
  }

  private static void requireJson(String type, String mode) {
    var format = type.substring(mode.length()).split(";", 2)[0].strip();
    if (!format.equals("+json")) {
      throw new Refusal(
          ProblemType.UNSUPPORTED_TYPE,
          "CloudEvents are read in their JSON format or in binary mode.");
    }
  }

  private Messages batched(byte[] body) {
    var scanner = scanner(body);
    if (scanner.kind() != Kind.ARRAY) {
      throw new Json.Malformed("a batch is an array of events");
    }
    List<Message> messages = new ArrayList<>();
    scanner.enter();
    while (scanner.nextItem()) {
      if (messages.size() == limits.batchEventsMax()) {
        throw new Refusal(
            ProblemType.TOO_MANY_EVENTS,
            "A batch holds at most " + limits.batchEventsMax() + " events.");
      }
      messages.add(message(body, scanner));
    }
    scanner.end();
    return new Messages(messages, null, null, null);
  }

  private static Messages structured(byte[] body) {
    var scanner = scanner(body);
    if (scanner.kind() != Kind.OBJECT) {
      throw new Json.Malformed("an event is a JSON object");
    }
    var message = message(body, scanner);
    scanner.end();
    return single(message);
  }

  private static JsonScanner scanner(byte[] body) {
    WellFormed.requireUtf8(body);
    return new JsonScanner(body, JsonNames.of());
  }

  /** The event that the scanner stands before. What passes our limits harms itself only. */
  private static Message message(byte[] body, JsonScanner scanner) {
    boolean isObject = scanner.kind() == Kind.OBJECT;
    int from = scanner.position();
    scanner.pass();
    var document = new Slice(body, from, scanner.position());
    var breach = scanner.breach();
    if (breach.isPresent()) {
      return Message.stray(document, Rejected.of(breach.get()));
    }
    return isObject && Json.parse(document.copy()) instanceof Fields event
        ? CloudEvent.message(event, document)
        : Message.stray(document, Quarantined.notAnObject());
  }

  private static Messages single(Message message) {
    return new Messages(List.of(message), null, null, null);
  }
}

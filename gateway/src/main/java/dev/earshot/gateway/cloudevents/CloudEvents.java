package dev.earshot.gateway.cloudevents;

import dev.earshot.event.Json;
import dev.earshot.event.Origin;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.gateway.admission.Message;
import dev.earshot.gateway.admission.Messages;
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
      return single(CloudEvent.message(object(parse(body))));
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
    if (!(parse(body) instanceof Items(var items))) {
      throw new Json.Malformed("a batch is an array of events");
    }
    if (items.size() > limits.batchEventsMax()) {
      throw new Refusal(
          ProblemType.TOO_MANY_EVENTS,
          "A batch holds at most " + limits.batchEventsMax() + " events.");
    }
    List<Message> messages = new ArrayList<>(items.size());
    for (var item : items) {
      messages.add(CloudEvent.message(object(item)));
    }
    return new Messages(messages, null, null, null);
  }

  private static Messages single(Message message) {
    return new Messages(List.of(message), null, null, null);
  }

  private static Value parse(byte[] body) {
    WellFormed.require(body);
    return Json.parse(body);
  }

  private static Fields object(Value value) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new Json.Malformed("an event is a JSON object");
  }
}

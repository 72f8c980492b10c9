package dev.earshot.gateway.segment;

import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.gateway.admission.MessageReader;
import dev.earshot.gateway.collect.Endpoint;
import dev.earshot.gateway.request.Limits;
import java.util.HashMap;
import java.util.Map;

/** The paths of the Segment HTTP Tracking API, which RudderStack and Customer.io CDP share. */
public final class SegmentEndpoints {

  private SegmentEndpoints() {}

  /** The endpoints by their paths, the short names of the browser client among them. */
  public static Map<String, Endpoint> byPath(Limits limits) {
    var endpoints = new HashMap<String, Endpoint>();
    for (var type : EventType.values()) {
      var single = live(limits, (_, body) -> MessageReader.single(body, type.word()));
      endpoints.put("/v1/" + type.word(), single);
      endpoints.put("/v1/" + type.word().charAt(0), single);
    }
    var batch = live(limits, (_, body) -> MessageReader.batch(body, limits.batchEventsMax()));
    endpoints.put("/v1/batch", batch);
    endpoints.put("/v1/b", batch);
    endpoints.put("/v1/import", batch);
    endpoints.put("/v1/history", history(limits));
    return Map.copyOf(endpoints);
  }

  private static Endpoint live(Limits limits, Endpoint.Reading reading) {
    return new Endpoint(reading, Origin.LIVE, limits.eventBytesMax(), 200, true);
  }

  private static Endpoint history(Limits limits) {
    return new Endpoint(
        (_, body) -> MessageReader.either(body, limits.batchEventsMax()),
        Origin.HISTORY,
        limits.eventBytesMax(),
        200,
        true);
  }
}

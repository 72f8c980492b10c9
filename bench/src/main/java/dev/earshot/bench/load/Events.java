package dev.earshot.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The events that the benchmarks send, in the form of the Segment protocol. */
public final class Events {

  /** What starts the benchmarks' journey. */
  public static final String FIRED = "Bench Fired";

  /** What sends to a destination that never answers. */
  public static final String HANGING = "Bench Hanging";

  /** What sends to a destination that is not there. */
  public static final String DEAD = "Bench Dead";

  /** What nobody waits for. */
  public static final String PASSED = "Bench Passed";

  /** What the twenty journeys listen to: each of these is for five of them. */
  public static final List<String> JOURNEYS =
      List.of("Bench Seen", "Bench Tried", "Bench Invited", "Bench Paid");

  /** What starts a journey that waits. */
  public static final String TIMED = "Bench Timed";

  private Events() {}

  /** An event of a user of its own, or of one of a few users. */
  public static String track(String name, String id, String user) {
    return """
    {"type":"track","event":"%s","messageId":"%s","userId":"%s",\
    "properties":{"plan":"pro","amount":49.9,"currency":"EUR","seats":12,"trial":false,\
    "page":"/pricing","referrer":"https://example.com/blog/why"},\
    "context":{"library":{"name":"earshot-bench","version":"1"},"locale":"en-GB",\
    "page":{"path":"/pricing","title":"Pricing"},"ip":"203.0.113.7"}}\
    """
        .formatted(name, id, user);
  }

  /** The event of all throughput, with places for its numbers. */
  public static String counted(String run) {
    return track(PASSED, run + "-" + Stamp.NUMBER, "bench-" + Stamp.USER);
  }

  /** A batch of a hundred events for the twenty journeys, with places for its numbers. */
  public static String ofJourneys(String run) {
    var events =
        JOURNEYS.stream()
            .map(name -> track(name, run + "-" + Stamp.NUMBER, "bench-" + Stamp.USER))
            .collect(Collectors.joining(","));
    return batch(events, 100 / JOURNEYS.size());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String batch(String event, int size) {
    return "{\"batch\":[" + String.join(",", Collections.nCopies(size, event)) + "]}";
  }
}

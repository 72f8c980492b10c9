package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the measurements publish. */
final class Definitions {

  private static final String NEVER_HOLDS =
      """
      condition:
        all:
          - {trait: plan, is: enterprise}
          - {account: employees, at-least: 50}
      """;

  private static final int IDLE_FOR_ONE_EVENT = 5;
  private static final int IDLE_IN_ONE_FILE = 100;

  private Definitions() {}

  /**
   * A journey that sends one webhook for each event that fires it.
   *
   * @param run goes into the destination's id: what the server remembers of the sink of an earlier
   *     run, which is gone, is not to be held against this one
   */
  static Map<String, String> webhookFor(URI sink, String run) {
    return Map.of(
        "bench-sink.yaml",
        """
        kind: destination
        id: bench-sink-%s
        channel: webhook
        url: %s
        """
            .formatted(run, sink),
        "bench-webhook.yaml",
        """
        kind: journey
        id: bench-webhook
        name: One webhook for each event of the benchmark
        trigger: {event: %s}
        steps:
          - send: {channel: webhook, destination: bench-sink-%s}
        reentry: always
        """
            .formatted(Events.FIRED, run));
  }

  /** A journey of one message to a destination that never answers. */
  static Map<String, String> hanging(URI sink, String run) {
    return message("bench-hanging", Events.HANGING, sink, run);
  }

  /** A journey of one message to a destination that is not there. */
  static Map<String, String> dead(URI nowhere, String run) {
    return message("bench-dead", Events.DEAD, nowhere, run);
  }

  private static Map<String, String> message(String id, String event, URI url, String run) {
    return Map.of(
        id + ".yaml",
        """
        kind: destination
        id: %1$s-%2$s
        channel: webhook
        url: %3$s
        ---
        kind: journey
        id: %1$s
        trigger: {event: %4$s}
        steps:
          - send: {channel: webhook, destination: %1$s-%2$s}
        reentry: always
        """
            .formatted(id, run, url, event));
  }

  /**
   * Five journeys for each of the events for them: two whose filter none meets, two that count, and
   * one whose condition says no.
   */
  static Map<String, String> twenty() {
    var files = new HashMap<String, String>();
    for (int number = 0; number < Events.JOURNEYS.size(); number++) {
      var event = Events.JOURNEYS.get(number);
      var large = "{event: %s, where: {property: amount, more-than: 1000}}".formatted(event);
      var often = "{did: %s, at-least: 100, within: 1h}".formatted(event);
      var triggers = List.of(large, large, often, often, "{event: %s}".formatted(event));
      for (int at = 0; at < triggers.size(); at++) {
        var id = "bench-%d-%d".formatted(number, at);
        files.put(id + ".yaml", waiting(id, triggers.get(at)) + NEVER_HOLDS);
      }
    }
    return files;
  }

  /** Journeys on events that nobody sends, in as few files as may be. */
  static Map<String, String> idle(int from, int to) {
    var files = new HashMap<String, String>();
    for (int number = from; number < to; number++) {
      var id = "bench-idle-" + number;
      var journey = waiting(id, "{event: Bench Idle %d}".formatted(number / IDLE_FOR_ONE_EVENT));
      var file = "idle-%d.yaml".formatted(number / IDLE_IN_ONE_FILE);
      files.merge(file, journey, (all, one) -> all + "---\n" + one);
    }
    return files;
  }

  /** A journey in which everybody who enters it waits until long after the run. */
  static Map<String, String> timed() {
    return timed("30d");
  }

  /** A journey that ends after such a wait. */
  static Map<String, String> timed(String wait) {
    var trigger = "{event: %s}".formatted(Events.TIMED);
    return Map.of("timed.yaml", waiting("bench-timed", trigger, wait));
  }

  private static String waiting(String id, String trigger) {
    return waiting(id, trigger, "30d");
  }

  private static String waiting(String id, String trigger, String wait) {
    return """
    kind: journey
    id: %s
    trigger: %s
    steps: [{wait: %s}]
    """
        .formatted(id, trigger, wait);
  }
}

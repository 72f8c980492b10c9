package dev.earshot.bench;

import java.net.URI;
import java.util.Map;

/** What the benchmarks publish: a journey that sends one webhook for each event that fires it. */
final class Definitions {

  private Definitions() {}

  /**
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
}

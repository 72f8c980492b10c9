package dev.earshot.bench;

import java.net.URI;
import java.util.Map;

/** What the benchmarks publish: a journey that sends one webhook for each event that fires it. */
final class Definitions {

  private Definitions() {}

  static Map<String, String> webhookFor(URI sink) {
    return Map.of(
        "bench-sink.yaml",
        """
        kind: destination
        id: bench-sink
        channel: webhook
        url: %s
        """
            .formatted(sink),
        "bench-webhook.yaml",
        """
        kind: journey
        id: bench-webhook
        name: One webhook for each event of the benchmark
        trigger: {event: %s}
        steps:
          - send: {channel: webhook, destination: bench-sink}
        reentry: always
        """
            .formatted(Events.FIRED));
  }
}

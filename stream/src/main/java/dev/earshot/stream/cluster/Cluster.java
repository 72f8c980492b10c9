package dev.earshot.stream.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to reach a Kafka cluster, the embedded one or the team's own.
 *
 * @param properties what any Kafka client needs beside the address: security, timeouts
 * @param replicationFactor of the topics made there
 */
public record Cluster(
    String bootstrapServers, Map<String, String> properties, int replicationFactor) {

  public Cluster {
    properties = Map.copyOf(properties);
  }

  /** The settings of one client: what it asks for itself, and what the cluster asks of all. */
  public Map<String, Object> client(Map<String, ?> own) {
    var settings = new HashMap<String, Object>(own);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("enable.metrics.push", false);
    // Nobody reads them over JMX, and each client would register hundreds.
    settings.put("metric.reporters", "");
    settings.putAll(properties);
    return settings;
  }

  /** What any Kafka client needs, in the form in which Kafka's own tools read it. */
  public String file() {
    return Stream.concat(
            Stream.of("bootstrap.servers=" + bootstrapServers),
            properties.entrySet().stream().map(Map.Entry::toString).sorted())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

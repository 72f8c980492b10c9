package dev.earshot.stream.cluster;

import java.util.HashMap;
import java.util.Map;

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
    settings.putAll(properties);
    return settings;
  }
}

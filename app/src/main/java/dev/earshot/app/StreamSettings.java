package dev.earshot.app;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.app.configuration.Role;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.node.StreamNode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The configuration in the stream's own words. */
final class StreamSettings {

  private static final String NODE_FILE = "node";
  private static final Pattern NODE = Pattern.compile("node-[0-9a-f]{8}");
  private static final int HOST_THREADS = 2;
  private static final int CLUSTER_PARTITIONS = 4;

  private StreamSettings() {}

  static StreamNode.Config of(Configuration configuration, DataDirectory data, boolean acceptLoss) {
    return new StreamNode.Config(
        node(data),
        cluster(configuration.kafka()),
        configuration.storage().durability(),
        configuration.storage().reserveBytes(),
        new Topics.Config(partitions(configuration.kafka(), data), Topics.Config.DEFAULT.kept()),
        configuration.storage().dedupeWindow(),
        configuration.roles().contains(Role.ENGINE) ? HOST_THREADS : 0,
        configuration.timers().catchUpRate(),
        configuration.timers().clockPause(),
        acceptLoss);
  }

  /** Drawn at the first start, so that several nodes on one cluster never share a name. */
  private static String node(DataDirectory data) {
    return data.read(NODE_FILE)
        .filter(NODE.asMatchPredicate())
        .orElseGet(() -> {
          var drawn = "node-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
          data.write(NODE_FILE, drawn + "\n");
          return drawn;
        });
  }

  /** Unless they are named: as many as there are, which cannot be changed, else the usual. */
  private static int partitions(Configuration.Kafka kafka, DataDirectory data) {
    if (kafka.partitions().isPresent()) {
      return kafka.partitions().getAsInt();
    }
    return kafka.embedded()
        ? EmbeddedBroker.partitions(data).orElse(Topics.Config.DEFAULT.partitions())
        : CLUSTER_PARTITIONS;
  }

  private static Optional<Cluster> cluster(Configuration.Kafka kafka) {
    return kafka.embedded()
        ? Optional.empty()
        : Optional.of(
            new Cluster(
                String.join(",", kafka.bootstrapServers()),
                kafka.client(),
                kafka.replicationFactor()));
  }
}

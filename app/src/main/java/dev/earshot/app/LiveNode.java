package dev.earshot.app;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.portal.status.Node;
import dev.earshot.portal.status.NodeStatus;
import dev.earshot.portal.status.NodeStatus.Disk;
import dev.earshot.portal.status.NodeStatus.Partition;
import dev.earshot.portal.status.Readiness;
import dev.earshot.portal.status.Readiness.NotReady;
import dev.earshot.stream.host.HostStatus;
import dev.earshot.stream.node.StreamNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** This process, as the portal shows it. */
final class LiveNode implements Node {

  private final String name;
  private final Configuration configuration;
  private final URI url;
  private final Instant startedAt;
  private final StreamNode stream;
  private final MeterRegistry metrics;

  LiveNode(
      String name,
      Configuration configuration,
      URI url,
      Instant startedAt,
      StreamNode stream,
      MeterRegistry metrics) {
    this.name = name;
    this.configuration = configuration;
    this.url = url;
    this.startedAt = startedAt;
    this.stream = stream;
    this.metrics = metrics;
  }

  @Override
  public Readiness readiness() {
    return stream
        .logTrouble()
        .<Readiness>map(reason -> new NotReady(reason, OptionalInt.empty()))
        .orElseGet(this::hostReadiness);
  }

  private Readiness hostReadiness() {
    return switch (stream.hostStatus()) {
      case HostStatus.Running() -> new Readiness.Ready();
      case HostStatus.Starting() -> new NotReady("starting", OptionalInt.empty());
      case HostStatus.Restoring(var percent) -> new NotReady("restoring", OptionalInt.of(percent));
      case HostStatus.Failed _ -> new NotReady("the host has given up", OptionalInt.empty());
      case HostStatus.Closed() -> new NotReady("ending", OptionalInt.empty());
    };
  }

  @Override
  public String durability() {
    return GatewaySettings.durability(configuration);
  }

  @Override
  public Optional<String> clockTrouble() {
    return stream.clockTrouble();
  }

  @Override
  public NodeStatus status() {
    var lag = stream.lag();
    return new NodeStatus(
        name,
        Version.text(),
        configuration.server().publicUrl().orElse(url),
        startedAt,
        durability(),
        configuration.kafka().embedded()
            ? "embedded, at " + stream.cluster().bootstrapServers()
            : String.join(",", configuration.kafka().bootstrapServers()),
        configuration.mail().smtp().map(smtp -> smtp.host() + ":" + smtp.port()).orElse("mailbox"),
        configuration.server().publicUrl().isPresent(),
        lag.stream()
            .map(StreamNode.Partition::age)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO),
        disk(),
        partitions(lag),
        counts());
  }

  private List<Partition> partitions(List<StreamNode.Partition> lag) {
    var here = stream.hostedPartitions();
    var state = hostReadiness().ready() ? "running" : "restoring";
    return lag.stream()
        .map(partition ->
            new Partition(
                partition.partition(),
                here.contains(partition.partition()) ? state : "elsewhere",
                partition.end(),
                partition.behind()))
        .toList();
  }

  private Disk disk() {
    var folder = configuration.storage().directory().toFile();
    return new Disk(folder.getUsableSpace(), folder.getTotalSpace(), stream.reserveBytes());
  }

  /** Since the start of this process. */
  private Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    counts.put(
        "Events accepted", sum(metrics.find("earshot.gateway.events").tag("result", "accepted")));
    counts.put("Inputs decided about", sum(metrics.find("earshot.host.heard")));
    counts.put("Repeats left out", sum(metrics.find("earshot.host.repeated")));
    return counts;
  }

  private static long sum(Search search) {
    return (long) search.counters().stream().mapToDouble(counter -> counter.count()).sum();
  }
}

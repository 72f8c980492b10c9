package dev.earshot.portal.status;

import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.status.Readiness.NotReady;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Health for load balancers, metrics for monitoring, status for administrators. Health and
 * readiness tell strangers no version and no address; metrics and status need an admin key, on
 * loopback too, because behind a proxy on the same machine everybody comes from loopback.
 */
public final class StatusEndpoints {

  private static final int RETRY_AFTER_SECONDS = 1;
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Node node;
  private final Supplier<String> scrape;

  /**
   * @param scrape all metrics in the text form of Prometheus
   */
  public StatusEndpoints(Node node, Supplier<String> scrape) {
    this.node = node;
    this.scrape = scrape;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open("/health", this::health),
        Endpoint.open("/ready", this::ready),
        Endpoint.get("/metrics", Set.of(), _ -> Answer.text(PROMETHEUS, scrape.get())),
        Endpoint.get("/api/status", Set.of(), this::status));
  }

  private Answer health(Call call) {
    return Answer.object(json -> {
      json.member("status", "alive").member("durability", node.durability());
      node.clockTrouble().ifPresent(trouble -> json.member("clock", trouble));
    });
  }

  private Answer ready(Call call) {
    var readiness = node.readiness();
    return readiness.ready()
        ? Answer.object(json -> json.member("status", "ready"))
        : Answer.failed(Problem.unavailable("not_ready", readiness.words(), RETRY_AFTER_SECONDS));
  }

  private Answer status(Call call) {
    var readiness = node.readiness();
    var status = node.status();
    return Answer.object(json -> {
      json.member("node", status.node())
          .member("version", status.version())
          .member("url", status.url().toString())
          .member("startedAt", status.startedAt())
          .name("ready")
          .truth(readiness.ready())
          .member("state", readiness.words());
      if (readiness instanceof NotReady(_, var percent) && percent.isPresent()) {
        json.member("percent", percent.getAsInt());
      }
      node.clockTrouble().ifPresent(trouble -> json.member("clock", trouble));
      json.member("durability", status.durability())
          .member("broker", status.broker())
          .member("mail", status.mail())
          .name("unsubscribeLinks")
          .truth(status.unsubscribeLinks())
          .name("lagSeconds")
          .value(Value.of(status.lag().toMillis() / 1000.0));
      write(json.name("disk"), status.disk());
      json.name("partitions").openItems();
      status.partitions().forEach(partition -> write(json, partition));
      json.closeItems().name("counts").open();
      status.counts().forEach(json::member);
      json.close();
    });
  }

  private static void write(JsonWriter json, NodeStatus.Disk disk) {
    json.open()
        .member("freeBytes", disk.freeBytes())
        .member("totalBytes", disk.totalBytes())
        .member("reserveBytes", disk.reserveBytes())
        .close();
  }

  private static void write(JsonWriter json, NodeStatus.Partition partition) {
    json.open()
        .member("partition", partition.partition())
        .member("state", partition.state())
        .member("endOffset", partition.endOffset())
        .member("lag", partition.lag())
        .close();
  }
}

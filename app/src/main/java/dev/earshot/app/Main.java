package dev.earshot.app;

import dev.earshot.app.cli.ClientOptions;
import dev.earshot.app.configuration.Configuration;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.log.KafkaEventLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpServerOptions;
import java.util.Optional;

/** The parts of the program, and what each is given. */
final class Main {

  private final Configuration configuration;
  private final Life life;
  private final Parts parts;

  Main(Configuration configuration, Life life) {
    this.configuration = configuration;
    this.life = life;
    this.parts = life.parts();
  }

  /** Returns when everything serves. */
  Greeting start() {
    var data = parts.add("data directory", DataDirectory.open(configuration.storage().directory()));
    var door = HttpDoor.open(configuration.server(), new HttpServerOptions());
    var cluster = cluster(data);
    Topics.prepare(
        cluster,
        new Topics.Config(configuration.kafka().partitions(), Topics.Config.DEFAULT.kept()));
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts.add("event log", new KafkaEventLog(cluster, metrics));
    parts.add("http", door);
    data.write(ClientOptions.ADDRESS_FILE, door.url() + "\n");
    parts.add("address", () -> data.delete(ClientOptions.ADDRESS_FILE));
    return new Greeting(configuration, door.url(), Optional.empty());
  }

  private Cluster cluster(DataDirectory data) {
    var kafka = configuration.kafka();
    if (!kafka.embedded()) {
      return new Cluster(
          String.join(",", kafka.bootstrapServers()), kafka.client(), kafka.replicationFactor());
    }
    var broker =
        parts.add(
            "broker", EmbeddedBroker.start(data, configuration.storage().durability(), life::fail));
    return broker.cluster();
  }
}

package dev.earshot.app;

import dev.earshot.app.cli.ClientOptions;
import dev.earshot.app.configuration.Configuration;
import dev.earshot.gateway.Gateway;
import dev.earshot.gateway.key.Keys;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.definition.KafkaDefinitionStore;
import dev.earshot.stream.host.Host;
import dev.earshot.stream.log.KafkaEventLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The parts of the program, and what each is given. */
final class Main {

  private final Configuration configuration;
  private final Life life;
  private final Parts parts;
  private final InstantSource clock = InstantSource.system();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Main(Configuration configuration, Life life) {
    this.configuration = configuration;
    this.life = life;
    this.parts = life.parts();
  }

  /** Returns when everything serves. */
  Greeting start() {
    var data = parts.add("data directory", DataDirectory.open(configuration.storage().directory()));
    var gatewayConfig = GatewaySettings.of(configuration);
    var door = HttpDoor.open(configuration.server(), Gateway.serverOptions(gatewayConfig));
    var cluster = cluster(data);
    Topics.prepare(
        cluster,
        new Topics.Config(configuration.kafka().partitions(), Topics.Config.DEFAULT.kept()));
    var node = "node";
    var log = parts.add("event log", new KafkaEventLog(cluster, metrics));
    var definitions = parts.add("definitions", new KafkaDefinitionStore(cluster, node));
    var host = parts.add("host", new Host(cluster, hostConfig(data, node), metrics));
    host.start();
    definitions.caughtUp().join();
    var writeKey = FirstKeys.ensure(definitions, data, new SecureRandom(), clock.instant());
    var gateway =
        new Gateway(
            door.vertx(), gatewayConfig, log, new Keys(definitions), () -> true, clock, metrics);
    var router = Router.router(door.vertx());
    gateway.mount(router);
    parts.add("http", door);
    door.front().open(router, gateway.connectionHandler());
    data.write(ClientOptions.ADDRESS_FILE, door.url() + "\n");
    parts.add("address", () -> data.delete(ClientOptions.ADDRESS_FILE));
    return new Greeting(configuration, door.url(), writeKey);
  }

  private Host.Config hostConfig(DataDirectory data, String node) {
    return new Host.Config(
        node,
        2,
        Duration.ofMillis(20),
        configuration.storage().dedupeWindow(),
        data.folder("streams"));
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

package dev.earshot.app;

import dev.earshot.app.cli.ClientOptions;
import dev.earshot.app.configuration.Configuration;
import dev.earshot.app.configuration.Role;
import dev.earshot.channel.Channel;
import dev.earshot.channel.Sender;
import dev.earshot.channel.secret.UnsubscribeTokens;
import dev.earshot.channel.template.Template;
import dev.earshot.gateway.Gateway;
import dev.earshot.gateway.GatewayConfig;
import dev.earshot.gateway.key.Keys;
import dev.earshot.gateway.unsubscribe.Tokens;
import dev.earshot.portal.Portal;
import dev.earshot.portal.http.Api;
import dev.earshot.portal.key.KeyRing;
import dev.earshot.portal.publishing.BodyCheck;
import dev.earshot.portal.status.StatusEndpoints;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.node.StreamNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The parts of the program, and what each is given. */
final class Main {

  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  private final Configuration configuration;
  private final Life life;
  private final Parts parts;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Main(Configuration configuration, Life life) {
    this.configuration = configuration;
    this.life = life;
    this.parts = life.parts();
  }

  /**
   * Returns when everything serves.
   *
   * @param acceptLoss whether to start on a log that has lost something
   */
  Greeting start(boolean acceptLoss) throws InterruptedException {
    var startedAt = clock.instant();
    var data = parts.add("data directory", DataDirectory.open(configuration.storage().directory()));
    var gatewayConfig = GatewaySettings.of(configuration);
    var connections = Gateway.connections(gatewayConfig, metrics);
    var door = HttpDoor.open(configuration.server(), Gateway.serverOptions(), connections);
    var streamConfig = StreamSettings.of(configuration, data, acceptLoss);
    var stream = parts.add("stream", StreamNode.start(data, streamConfig, metrics, life::fail));
    var writeKey = FirstKeys.ensure(stream.definitions(), data, random, clock.instant());
    var channels = new Channels(configuration, parts, clock);
    var guard = channels.guard();
    var secrets = MasterKey.box(configuration.storage(), data);
    if (plays(Role.CHANNEL)) {
      send(channels.byWord(stream.mailbox(), guard, secrets, door.vertx()), stream);
    }
    parts.add("http", door);
    var router = Router.router(door.vertx());
    var tokens = new UnsubscribeTokens(secrets);
    collect(gatewayConfig, stream, tokens::subject, door.vertx(), router);
    var node =
        new LiveNode(streamConfig.node(), configuration, door.url(), startedAt, stream, metrics);
    manage(node, stream, new DestinationDesk(secrets, guard), door.vertx(), router);
    parts.add("front", door.front()::close);
    door.front().open(router);
    leave(data, ClientOptions.ADDRESS_FILE, door.url() + "\n");
    if (configuration.kafka().embedded()) {
      leave(data, ClientOptions.KAFKA_FILE, stream.cluster().file());
    }
    while (!node.readiness().ready() && !life.failsWithin(LOOK_EVERY)) {}
    return new Greeting(configuration, door.url(), writeKey);
  }

  /** Keeps a file in the data directory for as long as the program runs. */
  private void leave(DataDirectory data, String file, String text) {
    data.write(file, text);
    parts.add(file, () -> data.delete(file));
  }

  private boolean plays(Role role) {
    return configuration.roles().contains(role);
  }

  private void send(Map<String, Channel> channels, StreamNode stream) {
    var attempts = parts.add("attempts", stream.openAttempts(Sender.IN_HAND_MAX));
    var sender =
        parts.add("sender", new Sender(attempts, stream.definitions(), channels, clock, metrics));
    sender.start();
  }

  /** Events are taken as soon as the log takes them, be it that the host still restores. */
  private void collect(
      GatewayConfig config, StreamNode stream, Tokens tokens, Vertx vertx, Router router) {
    if (plays(Role.GATEWAY)) {
      var keys = new Keys(stream.definitions());
      new Gateway(vertx, config, stream.events(), keys, tokens, stream::logTrouble, clock, metrics)
          .mount(router);
    }
  }

  private void manage(
      LiveNode node, StreamNode stream, DestinationDesk desk, Vertx vertx, Router router) {
    if (!plays(Role.PORTAL)) {
      var api =
          parts.add(
              "status",
              new Api(
                  vertx,
                  KeyRing.of(stream.definitions()),
                  () -> node.readiness().ready(),
                  metrics));
      api.mount(router, new StatusEndpoints(node, metrics::scrape).endpoints());
      return;
    }
    var state = new HostedState(stream.states().orElseThrow(), stream.orders());
    var ports =
        new Portal.Ports(
            stream.definitions(),
            stream.reader(),
            state,
            state,
            node,
            BodyCheck.reading(Template::read),
            desk,
            desk,
            metrics,
            metrics::scrape,
            clock);
    parts.add("portal", new Portal(vertx, ports)).mount(router);
  }
}

package dev.earshot.stream.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.slf4j.LoggerFactory;

/**
 * The controller and the only broker, as Kafka's own server starts them, with one step between: a
 * broker that was killed is forgotten before the next begins.
 *
 * <p>Else the new one takes up, from the metadata, the partitions of the old: it completes the
 * transactions that were being committed, then loses all partitions to its own registration; and
 * Kafka holds a partition without a leader for a deleted one, which needs no end of a transaction.
 * Where that hits, the offsets and records of that transaction stay undecided for ever.
 */
final class LoneServer {

  private static final Duration CONTROLLER_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

  private final Metrics metrics = new Metrics();
  private final int node;
  private final boolean killed;
  private final ControllerServer controller;
  private final BrokerServer broker;

  LoneServer(KafkaConfig config, Path directory) {
    KafkaYammerMetrics.INSTANCE.configure(config.originals());
    node = config.nodeId();
    killed = EmbeddedBroker.wasKilled(directory);
    var found =
        KafkaRaftServer.initializeLogDirs(
            config, LoggerFactory.getLogger(LoneServer.class), "[node " + node + "] ");
    var quorum = config.quorumConfig();
    var shared =
        new SharedServer(
            config,
            found._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), found._2());
    broker = new BrokerServer(shared);
  }

  /** Returns when it takes requests. */
  void start() {
    controller.startup();
    if (killed) {
      forgetBroker();
    }
    broker.startup();
  }

  void close() {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
    metrics.close();
  }

  private void forgetBroker() {
    long last = System.nanoTime() + CONTROLLER_WITHIN.toNanos();
    while (!controller.controller().isActive()) {
      if (System.nanoTime() > last) {
        throw new IllegalStateException("the controller did not become active");
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    var context =
        new ControllerRequestContext(
            new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.of(last));
    try {
      controller.controller().unregisterBroker(context, node).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
        throw e;
      }
    }
  }
}

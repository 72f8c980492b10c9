package dev.earshot.stream.integrity;

import static dev.earshot.stream.cluster.StreamException.Code.CLUSTER_UNREACHABLE;

import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.StreamException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a log that has lost something one that can be worked on. */
final class AcceptedLoss {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedLoss.class);

  private final Admin admin;
  private final LogEnds ends;

  private AcceptedLoss(Admin admin, LogEnds ends) {
    this.admin = admin;
    this.ends = ends;
  }

  /**
   * Ends the transactions whose end was lost, since nothing behind them would ever be read; and
   * takes the groups back to the end of what is there, or they would begin at its beginning.
   */
  static void settle(Cluster cluster, LogEnds ends, Set<String> groups) {
    try (var admin = Admin.create(cluster.client(Map.of("client.id", "earshot-accepted-loss")))) {
      var loss = new AcceptedLoss(admin, ends);
      loss.endTransactions();
      for (var group : groups) {
        loss.takeBack(group);
      }
    } catch (ExecutionException e) {
      throw new StreamException(
          CLUSTER_UNREACHABLE, "The log does not take its loss: " + e.getCause() + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamException(CLUSTER_UNREACHABLE, "The start was interrupted.", e);
    }
  }

  private void endTransactions() throws ExecutionException, InterruptedException {
    var found = admin.describeProducers(ends.offsets().keySet()).all().get();
    for (var partition : found.entrySet()) {
      for (var producer : partition.getValue().activeProducers()) {
        if (producer.currentTransactionStartOffset().isPresent()) {
          LOG.warn(
              "Ended without its records: a transaction on {} from offset {}",
              partition.getKey(),
              producer.currentTransactionStartOffset().getAsLong());
          admin.abortTransaction(transaction(partition.getKey(), producer)).all().get();
        }
      }
    }
  }

  private static AbortTransactionSpec transaction(
      TopicPartition partition, ProducerState producer) {
    return new AbortTransactionSpec(
        partition,
        producer.producerId(),
        (short) producer.producerEpoch(),
        producer.coordinatorEpoch().orElse(0));
  }

  private void takeBack(String group) throws ExecutionException, InterruptedException {
    var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    var back = new HashMap<TopicPartition, OffsetAndMetadata>();
    committed.forEach((partition, at) -> {
      var end = ends.offsets().get(partition);
      if (at != null && end != null && at.offset() > end) {
        back.put(partition, new OffsetAndMetadata(end));
      }
    });
    if (back.isEmpty()) {
      return;
    }
    removeMembers(group);
    admin.alterConsumerGroupOffsets(group, back).all().get();
    LOG.warn("{} goes on at the end of what is there: {}", group, back);
  }

  /** A process that was killed is a member until its time is out. */
  private void removeMembers(String group) throws ExecutionException, InterruptedException {
    var described = admin.describeConsumerGroups(Set.of(group)).all().get().values();
    boolean empty = described.stream().allMatch(found -> found.members().isEmpty());
    // To remove all of none is an error.
    if (!empty) {
      admin
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    }
  }
}

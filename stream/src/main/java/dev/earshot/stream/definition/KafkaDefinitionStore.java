package dev.earshot.stream.definition;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionJson;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Json;
import dev.earshot.stream.DefinitionStore;
import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.Topic;
import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.StreamException;
import dev.earshot.stream.log.Room;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The definitions of the log, all of them read into memory and kept up to date. */
public final class KafkaDefinitionStore implements DefinitionStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaDefinitionStore.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** A publication that waits to be read back. */
  private record Waiting(List<Definition> definitions, CompletableFuture<Void> done) {}

  private final Versions versions = new Versions();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final DefinitionPublisher publisher;
  private final Room room;
  private final ExecutorService publishing =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("earshot-publisher").daemon().factory());
  private final Thread reader;
  private volatile boolean closed;

  /** Starts to read; {@link #caughtUp} says when all there was has been read. */
  public KafkaDefinitionStore(Cluster cluster, String node, Room room) {
    this.room = room;
    consumer =
        new KafkaConsumer<>(
            cluster.client(
                Map.of(
                    "client.id", "earshot-definitions",
                    "isolation.level", "read_committed",
                    "fetch.max.wait.ms", 50,
                    "auto.offset.reset", "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    publisher = new DefinitionPublisher(cluster, node);
    reader = Thread.ofPlatform().name("earshot-definitions").daemon().start(this::read);
  }

  /** Done when everything that was published before the start has been read. */
  public CompletableFuture<Void> caughtUp() {
    return caughtUp;
  }

  @Override
  public Optional<Definition> latest(String workspace, DefinitionKind kind, String id) {
    return versions.latest(workspace, kind, id);
  }

  @Override
  public Optional<Definition> version(
      String workspace, DefinitionKind kind, String id, int version) {
    return versions.version(workspace, kind, id, version);
  }

  @Override
  public List<Definition> current(String workspace, DefinitionKind kind) {
    return versions.current(workspace, kind);
  }

  @Override
  public List<String> workspaces() {
    return versions.workspaces();
  }

  @Override
  public CompletableFuture<Void> publish(List<Definition> definitions) {
    if (definitions.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return room.require(() -> {
      var publication = new Waiting(List.copyOf(definitions), new CompletableFuture<>());
      publishing.execute(() -> write(publication));
      return publication.done();
    });
  }

  @Override
  public void listen(Consumer<Definition> listener) {
    versions.listen(listener);
  }

  @Override
  public void close() {
    closed = true;
    publishing.close();
    publisher.close();
    consumer.wakeup();
    try {
      reader.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    waiting.forEach(publication ->
        publication.done().completeExceptionally(new LogUnavailable("The node is being closed.")));
  }

  private void write(Waiting publication) {
    waiting.add(publication);
    try {
      publisher.publish(publication.definitions());
    } catch (RuntimeException e) {
      waiting.remove(publication);
      publication.done().completeExceptionally(e);
    }
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        try {
          follow();
        } catch (WakeupException e) {
          return;
        } catch (KafkaException e) {
          StreamException.ofDamage(e).ifPresent(caughtUp::completeExceptionally);
          LOG.warn("Reading the definitions failed and is tried again: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  private void follow() {
    var partitions =
        consumer.partitionsFor(Topic.DEFINITIONS.word()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    var ends = consumer.endOffsets(partitions);
    if (!caughtUp.isDone()) {
      consumer.seekToBeginning(partitions);
    }
    while (!closed) {
      if (!caughtUp.isDone()
          && ends.entrySet().stream()
              .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        caughtUp.complete(null);
      }
      for (var record : consumer.poll(POLL)) {
        take(record.value());
      }
    }
  }

  private void take(byte[] json) {
    try {
      versions.add(DefinitionJson.read(json));
    } catch (Json.Malformed e) {
      LOG.error("A definition in the log cannot be read and is passed over: {}", e.getMessage());
      return;
    }
    waiting.removeIf(publication -> {
      boolean complete = publication.definitions().stream().allMatch(versions::has);
      if (complete) {
        publication.done().complete(null);
      }
      return complete;
    });
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

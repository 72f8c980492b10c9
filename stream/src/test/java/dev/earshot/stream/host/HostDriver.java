package dev.earshot.stream.host;

import dev.earshot.engine.journey.UserInput;
import dev.earshot.event.Event;
import dev.earshot.event.EventJson;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.stream.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The host on a log of one partition whose clock the test moves. Second 0 is when it starts. */
final class HostDriver implements AutoCloseable {

  static final Duration WINDOW = Duration.ofSeconds(1000);

  private final TopologyTestDriver driver;
  private Duration clock = Duration.ZERO;

  HostDriver(Path directory, Hosting<?, UserInput, ?> users) {
    var settings = new java.util.Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "host-test");
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    driver =
        new TopologyTestDriver(
            HostTopology.of(users, new DeliveryHosting(), WINDOW, new SimpleMeterRegistry()),
            settings,
            Instant.EPOCH);
  }

  /** An event that the log receives at that second, while the host's own clock stands still. */
  void hear(String id, String user, String name, long second) {
    raw(user, EventJson.write(event(id, user, name)), second);
  }

  void raw(String user, byte[] value, long second) {
    driver
        .createInputTopic(Topic.EVENTS.word(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("w|u:" + user, value, Instant.ofEpochSecond(second));
  }

  void clockTo(long second) {
    driver.advanceWallClockTime(Duration.ofSeconds(second).minus(clock));
    clock = Duration.ofSeconds(second);
  }

  /** What the toy machine said since the last call. */
  List<String> said() {
    return read(Topic.FACTS).stream()
        .map(record -> Json.parseFields(record.value()).get("said").shown())
        .toList();
  }

  /** The records written since the last call. */
  List<TestRecord<String, byte[]>> read(Topic topic) {
    return driver
        .createOutputTopic(topic.word(), new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  KeyValueStore<String, byte[]> states() {
    return driver.getKeyValueStore(HostStores.states(UserHosting.NAME));
  }

  int timersRunning() {
    int running = 0;
    try (var all = driver.getKeyValueStore(HostStores.timers(UserHosting.NAME)).all()) {
      for (; all.hasNext(); all.next()) {
        running++;
      }
    }
    return running;
  }

  @Override
  public void close() {
    driver.close();
  }

  static Event event(String id, String user, String name) {
    return new Event(
        id,
        "w",
        EventType.TRACK,
        name,
        user,
        null,
        null,
        null,
        Properties.EMPTY,
        Properties.EMPTY,
        Instant.EPOCH,
        Instant.EPOCH,
        Origin.LIVE,
        "key");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

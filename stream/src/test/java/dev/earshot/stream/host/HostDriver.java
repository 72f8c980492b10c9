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
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The host on a log of one partition whose clock the test moves. Second 0 is when it starts. */
final class HostDriver implements AutoCloseable {

  static final Duration WINDOW = Duration.ofSeconds(1000);
  static final int CATCH_UP_RATE = 1000;

  private static final Duration MOMENT = Duration.ofMillis(100);

  private final TopologyTestDriver driver;
  private boolean clockTrusted = true;
  private Duration clock = Duration.ZERO;

  HostDriver(Path directory, Hosting<?, UserInput, ?> users) {
    var settings = new java.util.Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "host-test");
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    driver =
        new TopologyTestDriver(
            HostTopology.of(
                users,
                new DeliveryHosting(),
                WINDOW,
                new CatchUp.Rate(CATCH_UP_RATE, 1),
                () -> clockTrusted,
                new SimpleMeterRegistry()),
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

  /** Time passes until that second, and the host looks at it every second. */
  void clockTo(long second) {
    while (clock.compareTo(Duration.ofSeconds(second)) < 0) {
      advance(Duration.ofSeconds(1));
    }
  }

  /** Time passes until that second, and the host looks at it ten times a second. */
  void watchTo(long second) {
    while (clock.compareTo(Duration.ofSeconds(second)) < 0) {
      advance(MOMENT);
    }
  }

  /** Time passes until that second, and nobody is there to see it. */
  void standStillTo(long second) {
    advance(Duration.ofSeconds(second).minus(clock));
  }

  private void advance(Duration time) {
    clock = clock.plus(time);
    driver.advanceWallClockTime(time);
  }

  void trustClock(boolean trusted) {
    clockTrusted = trusted;
  }

  /**
   * Another process goes on with what this one has stored, and hears at once of a timer that was
   * due at second 0.
   */
  HostDriver restarted(Path directory, Hosting<?, UserInput, ?> users) {
    var next = new HostDriver(directory, users);
    next.standStillTo(clock.toSeconds());
    try (var all = store().all()) {
      all.forEachRemaining(entry -> next.store().put(entry.key, entry.value));
    }
    next.hear("restart", "restart", "set restart 0", 0);
    close();
    return next;
  }

  private KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore(HostStores.STATE);
  }

  /** What the toy machine said since the last call. */
  List<String> said() {
    return said(read(Topic.FACTS));
  }

  static List<String> said(List<TestRecord<String, byte[]>> records) {
    return records.stream()
        .map(record -> Json.parseFields(record.value()).get("said").shown())
        .collect(Collectors.toList());
  }

  /** The records written since the last call. */
  List<TestRecord<String, byte[]>> read(Topic topic) {
    return driver
        .createOutputTopic(topic.word(), new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  boolean knows(String key) {
    return store().get(Section.USERS.key(key)) != null;
  }

  int timersRunning() {
    int running = 0;
    try (var all = store().range(Section.USER_TIMERS.begin(), Section.USER_TIMERS.end())) {
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

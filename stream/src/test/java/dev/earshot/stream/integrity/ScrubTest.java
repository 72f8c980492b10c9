package dev.earshot.stream.integrity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.stream.cluster.DataDirectory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubTest {

  private static final TopicPartition EVENTS = new TopicPartition("events", 0);
  private static final Duration PAUSE = Duration.ofMillis(1);

  @TempDir Path folder;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private DataDirectory data;
  private Path log;
  private Path first;

  @BeforeEach
  void write() throws IOException {
    data = DataDirectory.open(folder);
    log = data.folder("log");
    first = Segments.segment(Files.createDirectory(log.resolve("events-0")), 0);
    data.write("log-ends", new LogEnds(Map.of(EVENTS, 3L)).text());
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void aPlaceThatNobodyReadsIsToldOf() throws IOException {
    Segments.leap(first, Segments.size());

    try (var _ = Scrub.start(data, log, PAUSE, metrics)) {
      await().until(() -> damages() == 1);
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsToldOf() throws IOException {
    Files.delete(first);
    Files.createSymbolicLink(first, first);

    try (var _ = Scrub.start(data, log, PAUSE, metrics)) {
      await().until(() -> damages() == 1);
    }
  }

  @Test
  void itEndsInTheMiddleOfItsPause() {
    Scrub.start(data, log, Duration.ofDays(1), metrics).close();

    assertEquals(0, damages());
  }

  private double damages() {
    return metrics.get("earshot.log.damages").gauge().value();
  }
}

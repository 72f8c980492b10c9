package dev.earshot.stream.integrity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final Duration NEVER = Duration.ofDays(1);

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

    try (var scrub = scrub(PAUSE, NEVER)) {
      await().until(() -> damages() == 1);

      var told = told(scrub);
      assertTrue(told.contains(first + ", byte " + Segments.size()), told);
      assertTrue(told.contains("from a backup"), told);
      assertTrue(told.contains("--accept-loss"), told);
    }
  }

  @Test
  void ofAFileThatCannotBeOpenedTheCauseIsToldAndNotToAcceptALoss() throws IOException {
    Segments.makeUnopenable(first);

    try (var scrub = scrub(PAUSE, NEVER)) {
      await().until(() -> damages() == 1);

      var told = told(scrub);
      assertTrue(told.startsWith(first + " cannot be opened or read: "), told);
      assertTrue(told.contains("permissions"), told);
      assertFalse(told.contains("from a backup"), told);
      assertFalse(told.contains("--accept-loss"), told);
    }
  }

  @Test
  void whatCanBeReadAgainIsNoTroubleAnyMore() throws IOException {
    Segments.makeUnopenable(first);

    try (var _ = scrub(PAUSE, PAUSE)) {
      await().until(() -> damages() == 1);

      Files.delete(first);
      Segments.segment(log.resolve("events-0"), 0);

      await().until(() -> damages() == 0);
    }
  }

  @Test
  void itEndsInTheMiddleOfItsPause() {
    scrub(NEVER, NEVER).close();

    assertEquals(0, damages());
  }

  private Scrub scrub(Duration pause, Duration every) {
    return Scrub.start(data, log, pause, every, metrics);
  }

  private static String told(Scrub scrub) {
    return String.join("\n", scrub.troubles());
  }

  private double damages() {
    return metrics.get("earshot.log.damages").gauge().value();
  }
}

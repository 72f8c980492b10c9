package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.stream.cluster.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamSettingsTest {

  @TempDir Path folder;

  @Test
  void aFirstStartMakesTwoPartitions() {
    assertEquals(2, partitions(Map.of()));
  }

  @Test
  void aLogKeepsThePartitionsItHas() throws Exception {
    assertEquals(2, partitions(Map.of()));
    for (int partition = 0; partition < 4; partition++) {
      Files.createDirectories(folder.resolve("kafka/events-" + partition));
    }

    assertEquals(4, partitions(Map.of()));
    assertEquals(8, partitions(Map.of("EARSHOT_KAFKA_PARTITIONS", "8")));
  }

  @Test
  void aClusterHasFour() {
    assertEquals(4, partitions(Map.of("EARSHOT_KAFKA_BOOTSTRAP_SERVERS", "one:9092")));
  }

  private int partitions(Map<String, String> environment) {
    try (var data = DataDirectory.open(folder)) {
      var configuration = Configuration.read(Optional.empty(), environment, Map.of());
      return StreamSettings.of(configuration, data, false).topics().partitions();
    }
  }
}

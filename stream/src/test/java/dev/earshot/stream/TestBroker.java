package dev.earshot.stream;

import dev.earshot.stream.cluster.Cluster;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.Durability;
import dev.earshot.stream.cluster.EmbeddedBroker;
import dev.earshot.stream.cluster.Topics;
import dev.earshot.stream.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/** One broker for all tests of this JVM, started by the first that needs it. */
public final class TestBroker {

  private static final TestBroker SHARED = start();

  private final Cluster cluster;

  private TestBroker(Cluster cluster) {
    this.cluster = cluster;
  }

  public static Cluster cluster() {
    return SHARED.cluster;
  }

  private static TestBroker start() {
    try {
      var folder = Files.createTempDirectory("earshot-broker-");
      var data = DataDirectory.open(folder);
      var broker =
          EmbeddedBroker.start(
              data,
              Durability.OS,
              reason -> {
                throw new AssertionError(reason);
              });
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                broker.close();
                data.close();
                delete(folder);
              }));
      Topics.prepare(broker.cluster(), Topics.Config.DEFAULT, Host.changelogs(Duration.ofDays(7)));
      return new TestBroker(broker.cluster());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

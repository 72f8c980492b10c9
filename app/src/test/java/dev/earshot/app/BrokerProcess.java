package dev.earshot.app;

import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.cluster.Durability;
import dev.earshot.stream.cluster.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A Kafka broker by itself, as the cluster of a team would be, from the same jars. */
final class BrokerProcess {

  private BrokerProcess() {}

  /** Starts one that keeps its log in that folder. */
  static Server start(Path folder) throws IOException {
    return Server.run(BrokerProcess.class, Map.of(), List.of(folder.toString())).await("ready");
  }

  /** Prints how to reach it, in the words of the configuration, and stays until it is killed. */
  static void main(String[] arguments) {
    var data = DataDirectory.open(Path.of(arguments[0]));
    var cluster = EmbeddedBroker.start(data, Durability.OS, reason -> System.exit(1)).cluster();
    cluster
        .properties()
        .forEach((name, text) -> System.out.println("kafka.client." + name + "=" + text));
    System.out.println("kafka.bootstrap-servers=" + cluster.bootstrapServers());
    System.out.println("ready");
  }

  /** What the broker printed, as environment variables of a server that is to use it. */
  static Map<String, String> settings(Server broker) {
    var settings = new HashMap<String, String>();
    broker
        .out()
        .lines()
        .filter(line -> line.startsWith("kafka."))
        .forEach(line -> {
          int equals = line.indexOf('=');
          var name = line.substring(0, equals).toUpperCase(Locale.ROOT);
          settings.put(
              "EARSHOT_" + name.replace('.', '_').replace('-', '_'), line.substring(equals + 1));
        });
    return settings;
  }
}

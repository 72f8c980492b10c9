package dev.earshot.app;

import dev.earshot.app.configuration.Configuration.LogFormat;
import dev.earshot.app.configuration.Configuration.Logging;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.ConsoleAppender.Target;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/**
 * The log that people read, on standard error. Ids of events and traces come from the mapped
 * context; a line break inside a message is escaped, so that no input can forge a line.
 */
final class Logs {

  private static final String TEXT =
      "%d{HH:mm:ss.SSS} %-5level %logger{1} "
          + "%notEmpty{event=%enc{%X{event}}{CRLF} }"
          + "%notEmpty{request=%X{request} }"
          + "%notEmpty{trace=%enc{%X{trace}}{CRLF} }"
          + "%enc{%m}{CRLF}%n%xEx";

  private static final String JSON =
      """
      {
        "time": {"$resolver": "timestamp",
                 "pattern": {"format": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "timeZone": "UTC"}},
        "level": {"$resolver": "level", "field": "name"},
        "logger": {"$resolver": "logger", "field": "name"},
        "thread": {"$resolver": "thread", "field": "name"},
        "message": {"$resolver": "message", "stringified": true},
        "context": {"$resolver": "mdc", "stringified": true},
        "failure": {"$resolver": "exception", "field": "stackTrace",
                    "stackTrace": {"stringified": true}}
      }
      """;

  /** What Kafka says too loudly for one who did not ask, each with the reason it may be quieter. */
  private static final Map<String, Level> NOISY =
      Map.of(
          // Settings that are so on purpose.
          "org.apache.kafka.streams.StreamsConfig",
          Level.ERROR,
          // A data directory under /tmp, which is whoever's choice it was.
          "org.apache.kafka.streams.processor.internals.StateDirectory",
          Level.ERROR,
          // Asking for the lag reads partitions one after the other, about which it warns each
          // time.
          "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
          Level.ERROR,
          // Each client tells of each try to connect, and of its own end; that the log is away is
          // said
          // once, by us. A login that fails stays an error.
          "org.apache.kafka.clients.NetworkClient",
          Level.ERROR,
          // It warns at the first start that its log is empty, which is what a first start is.
          "org.apache.kafka.controller.QuorumController",
          Level.ERROR,
          // The only broker and its controller are late for each other while one process starts
          // both.
          "org.apache.kafka.server.BrokerLifecycleManager",
          Level.ERROR,
          "kafka.server.DefaultAutoTopicCreationManager",
          Level.ERROR,
          "org.apache.kafka.controller.ReplicationControlManager",
          Level.OFF);

  private Logs() {}

  static void begin(Logging logging) {
    var builder = ConfigurationBuilderFactory.newConfigurationBuilder();
    // The last lines are written while the program ends, so the log must not end before it.
    builder.setShutdownHook("disable").setStatusLevel(Level.ERROR);
    builder.add(
        builder
            .newAppender("stderr", "Console")
            .addAttribute("target", Target.SYSTEM_ERR)
            .add(layout(builder, logging.format())));
    for (var library :
        new String[] {"org.apache.kafka", "kafka", "state.change.logger", "io.netty", "io.vertx"}) {
      builder.add(builder.newLogger(library, Level.WARN));
    }
    NOISY.forEach((logger, level) -> builder.add(builder.newLogger(logger, level)));
    builder.add(
        builder
            .newRootLogger(Level.valueOf(logging.level().name()))
            .add(builder.newAppenderRef("stderr")));
    Configurator.initialize(builder.build());
  }

  private static LayoutComponentBuilder layout(
      ConfigurationBuilder<BuiltConfiguration> builder, LogFormat format) {
    return switch (format) {
      case TEXT -> builder.newLayout("PatternLayout").addAttribute("pattern", TEXT);
      case JSON -> builder.newLayout("JsonTemplateLayout").addAttribute("eventTemplate", JSON);
    };
  }
}

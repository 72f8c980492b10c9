package dev.earshot.app;

import dev.earshot.app.configuration.Configuration.LogFormat;
import dev.earshot.app.configuration.Configuration.Logging;
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
      "%d{HH:mm:ss.SSS} %-5level %logger{1} %notEmpty{[%X] }%enc{%m}{CRLF}%n%xEx";

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
    builder.add(builder.newLogger("org.apache.kafka.streams.StreamsConfig", Level.ERROR));
    // Asking for the lag reads partitions one after the other, about which it warns each time.
    builder.add(
        builder.newLogger(
            "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils", Level.ERROR));
    // It warns at the first start that its log is empty, which is what a first start is.
    builder.add(builder.newLogger("org.apache.kafka.controller.QuorumController", Level.ERROR));
    var level = Level.valueOf(logging.level().name());
    builder.add(builder.newLogger("dev.earshot", level));
    // Libraries are given all that is secret, and log what they like: only what is wrong is told.
    builder.add(
        builder
            .newRootLogger(level.isMoreSpecificThan(Level.WARN) ? level : Level.WARN)
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

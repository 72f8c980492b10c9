package dev.earshot.app;

import dev.earshot.app.configuration.Configuration.LogFormat;
import dev.earshot.app.configuration.Configuration.Logging;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.ConsoleAppender.Target;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

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

  private static final String STREAMS = "org.apache.kafka.streams.processor.internals.";

  /** What libraries say too loudly, each with the reason why it may be quieter. */
  private static final Map<String, Level> NOISY =
      Map.ofEntries(
          // Settings that are so on purpose.
          Map.entry("org.apache.kafka.streams.StreamsConfig", Level.ERROR),
          // A data directory under /tmp, which is whoever's choice it was.
          Map.entry(STREAMS + "StateDirectory", Level.ERROR),
          // After a kill all state is rebuilt from the log, as it should be. What is wrong besides
          // ends a thread, and is said by the host.
          Map.entry(STREAMS + "ProcessorStateManager", Level.ERROR),
          Map.entry(STREAMS + "StreamThread", Level.ERROR),
          Map.entry(STREAMS + "TaskManager", Level.OFF),
          // Asking for the lag reads partitions one after the other, about which it warns each
          // time.
          Map.entry("org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils", Level.ERROR),
          // Each client tells of each try to connect, and of its own end; that the log is away is
          // said once, by us. A login that fails stays an error.
          Map.entry("org.apache.kafka.clients.NetworkClient", Level.ERROR),
          // It warns of each record that it tries again; who gives up says so.
          Map.entry("org.apache.kafka.clients.producer.internals.Sender", Level.ERROR),
          // It warns at the first start that its log is empty, which is what a first start is.
          Map.entry("org.apache.kafka.controller.QuorumController", Level.ERROR),
          // The only broker and its controller are late for each other while one process starts
          // both.
          Map.entry("org.apache.kafka.server.BrokerLifecycleManager", Level.ERROR),
          Map.entry("kafka.server.DefaultAutoTopicCreationManager", Level.ERROR),
          // On a busy machine the controller is asked before it is active; it is asked again.
          Map.entry("kafka.server.ControllerApis", Level.OFF),
          Map.entry("org.apache.kafka.controller.ReplicationControlManager", Level.OFF),
          // Whoever comes while the door is being closed is turned away.
          Map.entry("io.netty.bootstrap.ServerBootstrap", Level.ERROR));

  private Logs() {}

  /** Logs like that from now on, be it for the first time or not. */
  static void begin(Logging logging) {
    var wanted = new Wanted(logging);
    var context = Configurator.initialize(wanted);
    if (context.getConfiguration() != wanted) {
      context.reconfigure(wanted);
    }
  }

  /** Made of its parts, not of their names: those are found by reflection, in every start. */
  private static final class Wanted extends AbstractConfiguration {

    Wanted(Logging logging) {
      super(null, ConfigurationSource.NULL_SOURCE);
      // The last lines are written while the program ends, so the log must not end before it.
      isShutdownHookEnabled = false;
      // No line names it, and a start would wait for a resolver to tell it.
      getProperties().put("hostName", "");
      NOISY.forEach(this::add);
      var level = Level.valueOf(logging.level().name());
      add("dev.earshot", level);
      var root = getRootLogger();
      // Libraries are given all that is secret, and log what they like: only what is wrong is told.
      root.setLevel(level.isMoreSpecificThan(Level.WARN) ? level : Level.WARN);
      root.addFilter(new SentAgain());
      var console = console(logging.format());
      addAppender(console);
      root.addAppender(console, null, null);
    }

    @Override
    protected void doConfigure() {}

    private void add(String logger, Level level) {
      addLogger(logger, new LoggerConfig(logger, level, true));
    }

    private Appender console(LogFormat format) {
      return ConsoleAppender.newBuilder()
          .setName("stderr")
          .setTarget(Target.SYSTEM_ERR)
          .setLayout(layout(format))
          .setConfiguration(this)
          .build();
    }

    private Layout<?> layout(LogFormat format) {
      return switch (format) {
        case TEXT -> PatternLayout.newBuilder().withConfiguration(this).withPattern(TEXT).build();
        case JSON ->
            JsonTemplateLayout.newBuilder().setConfiguration(this).setEventTemplate(JSON).build();
      };
    }
  }
}

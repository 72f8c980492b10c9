package dev.earshot.app;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Leaves out of the log what the embedded broker takes for an error and a producer for a reason to
 * send again: while a transaction ends, the first batch of the next one is refused, and those that
 * are on their way behind it are refused for coming too early. Who gives up says so.
 */
final class SentAgain extends AbstractFilter {

  private static final String BROKER = "kafka.server.ReplicaManager";
  private static final String TOO_EARLY =
      "org.apache.kafka.common.errors.OutOfOrderSequenceException";

  @Override
  public Result filter(LogEvent event) {
    var thrown = event.getThrown();
    boolean sentAgain =
        thrown != null
            && event.getLoggerName().equals(BROKER)
            && thrown.getClass().getName().equals(TOO_EARLY);
    return sentAgain ? Result.DENY : Result.NEUTRAL;
  }
}

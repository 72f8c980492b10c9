package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentAgainTest {

  private static final String BROKER = "kafka.server.ReplicaManager";

  @Test
  void aBatchThatComesTooEarlyIsNoError() {
    assertEquals(Result.DENY, filtered(BROKER, new OutOfOrderSequenceException("3, not 0")));
  }

  @Test
  void whatElseTheBrokerSaysIsTold() {
    assertEquals(Result.NEUTRAL, filtered(BROKER, new KafkaStorageException("the disk")));
    assertEquals(Result.NEUTRAL, filtered(BROKER, null));
  }

  @Test
  void aProducerThatGivesUpIsTold() {
    var thrown = new OutOfOrderSequenceException("3, not 0");
    assertEquals(Result.NEUTRAL, filtered("dev.earshot.stream.host.Host", thrown));
  }

  private static Result filtered(String logger, @Nullable Throwable thrown) {
    var event = Log4jLogEvent.newBuilder().setLoggerName(logger).setThrown(thrown).build();
    return new SentAgain().filter(event);
  }
}

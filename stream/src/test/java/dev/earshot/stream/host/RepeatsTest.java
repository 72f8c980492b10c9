package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatsTest {

  private static final Duration WINDOW = Duration.ofSeconds(1000);
  private static final long NOW = 5_000_000;

  @TempDir Path folder;
  private MockProcessorContext<String, Passed> context;
  private WindowStore<String, Long> store;
  private Repeats.All all;

  @BeforeEach
  void open() {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "repeats-test");
    context = new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
    context.setCurrentStreamTimeMs(NOW);
    store = HostStores.repeats(WINDOW).withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    all = new Repeats.All(WINDOW);
  }

  @AfterEach
  void close() {
    all.ended(context.taskId());
    store.close();
  }

  @Test
  void whatWasHeardOnceIsARepeatTheSecondTime() {
    var repeats = all.fresh(context);
    learn(repeats);

    assertFalse(repeats.heardBefore("e1", NOW));
    assertTrue(repeats.heardBefore("e1", NOW + 1));
    assertFalse(repeats.heardBefore("e2", NOW + 2));
  }

  @Test
  void whatWasHeardBeforeARestartIsARepeatBeforeAnythingIsLearned() {
    all.fresh(context).heardBefore("e1", NOW);

    var restarted = all.fresh(context);

    assertTrue(restarted.heardBefore("e1", NOW + 1));
    assertFalse(restarted.heardBefore("e2", NOW + 1));
  }

  @Test
  void whatWasHeardBeforeARestartIsARepeatWhenAllIsLearned() {
    var first = all.fresh(context);
    for (int number = 0; number < 100; number++) {
      first.heardBefore("e" + number, NOW);
    }

    var restarted = all.fresh(context);
    learn(restarted);

    for (int number = 0; number < 100; number++) {
      assertTrue(restarted.heardBefore("e" + number, NOW + 1));
    }
    assertFalse(restarted.heardBefore("new", NOW + 1));
  }

  @Test
  void whatIsHeardWhileTheRestIsLearnedIsARepeatAfterwards() {
    all.fresh(context).heardBefore("e1", NOW);
    all.fresh(context).heardBefore("e2", NOW);

    var restarted = all.fresh(context);
    assertTrue(restarted.learn(1));
    assertFalse(restarted.heardBefore("e3", NOW + 1));
    learn(restarted);

    assertTrue(restarted.heardBefore("e3", NOW + 2));
  }

  @Test
  void whatWasHeardLongerAgoThanTheWindowIsHeardAnew() {
    var repeats = all.fresh(context);
    learn(repeats);
    repeats.heardBefore("e1", NOW);

    assertFalse(repeats.heardBefore("e1", NOW + WINDOW.toMillis()));
  }

  private static void learn(Repeats repeats) {
    while (repeats.learn(10)) {
      // until it knows all that the store has
    }
  }
}

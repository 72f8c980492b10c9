package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatesTest {

  private static final int ROOM = 100;

  @TempDir Path folder;
  private final Shares memory = new Shares(ROOM);
  private KeyValueStore<Bytes, byte[]> store;
  private States<String> states;

  @BeforeEach
  void open() {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "states-test");
    var context =
        new MockProcessorContext<String, Passed>(settings, new TaskId(0, 0), folder.toFile());
    store = HostStores.state().withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    states = new States<>(new Echo(), store, memory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsPutIsInTheStoreAtOnce() {
    put("ada", "hello");

    assertEquals("hello", new String(stored("ada").state(), StandardCharsets.UTF_8));
  }

  @Test
  void whatWasUsedLastIsAtHand() {
    var kept = put("ada", "hello");

    assertSame(kept, states.get("ada"));
  }

  @Test
  void whatIsUsedAgainStaysAtHandAndTheRestDoesNot() {
    var ada = put("ada", "hello");
    var bob = put("bob", "hello");
    for (int other = 0; other < 100; other++) {
      put("other" + other, "hello");
      assertSame(ada, states.get("ada"));
    }

    assertNotSame(bob, states.get("bob"));
  }

  @Test
  void theNewestStateIsAtHandWhateverWasBefore() {
    put("ada", "hello");
    for (int visit = 0; visit < 100; visit++) {
      var kept = put("ada", "visit " + visit);
      put("other" + visit, "hello");
      assertSame(kept, states.get("ada"));
    }
  }

  @Test
  void whatThereIsNoRoomForIsReadFromTheStoreAgain() {
    var ada = put("ada", "a".repeat(60));
    var bob = put("bob", "b".repeat(60));

    assertSame(bob, states.get("bob"));
    var again = states.get("ada");
    assertEquals(ada, again);
    assertNotSame(ada, again);
  }

  @Test
  void aStateLargerThanAllTheRoomIsKeptAsWell() {
    var large = put("ada", "a".repeat(2 * ROOM));

    assertEquals(large, states.get("ada"));
  }

  @Test
  void theRoomIsSharedWithWhoComesLater() {
    memory.taken();
    var ada = put("ada", "a".repeat(40));
    memory.taken();
    memory.taken();
    put("bob", "b");
    put("carl", "c".repeat(40));

    assertNotSame(ada, states.get("ada"));
  }

  @Test
  void whatIsDeletedIsGoneFromBoth() {
    put("ada", "hello");
    states.delete("ada");

    assertNull(states.get("ada"));
    assertNull(store.get(Section.USERS.key("ada")));
  }

  private Kept<String> put(String key, String state) {
    var kept = new Kept<>(state, new TreeMap<String, Long>());
    states.put(
        key, kept, new Envelope(state.getBytes(StandardCharsets.UTF_8), kept.timers()).bytes());
    return kept;
  }

  private Envelope stored(String key) {
    return Envelope.read(Objects.requireNonNull(store.get(Section.USERS.key(key))));
  }
}

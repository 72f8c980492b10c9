package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir private Path directory;
  private Path store;
  private Path name;

  @BeforeEach
  void aStoreAndTheNameOfItsClient() throws IOException {
    var host = directory.resolve("host");
    store = host.resolve("0_1/rocksdb/users/CURRENT");
    name = host.resolve("kafka-streams-process-metadata");
    Files.createDirectories(store.getParent());
    Files.writeString(store, "users");
    Files.writeString(name, "uuid");
  }

  @Test
  void whatWasLeftInOrderStays() throws IOException {
    folder().take();
    folder().leave();

    folder().take();

    assertEquals("users", Files.readString(store));
    assertEquals("uuid", Files.readString(name));
  }

  @Test
  void whatAKilledProcessLeftIsThrownAwayButItsName() throws IOException {
    folder().take();

    folder().take();

    assertEquals(false, Files.exists(directory.resolve("host/0_1")));
    assertEquals("uuid", Files.readString(name));
  }

  @Test
  void aSecondKillIsLikeTheFirst() throws IOException {
    folder().take();
    folder().take();
    aStoreAndTheNameOfItsClient();

    folder().take();

    assertEquals(false, Files.exists(store));
  }

  private StateFolder folder() {
    return new StateFolder(directory, "host");
  }
}

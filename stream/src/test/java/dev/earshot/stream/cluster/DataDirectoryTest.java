package dev.earshot.stream.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final byte[] DAMAGED = {(byte) 0xff, 0, (byte) 0xc3, 0x28, 7};

  @TempDir Path folder;

  @Test
  void oneProcessHoldsItAtATime() {
    try (var first = DataDirectory.open(folder)) {
      var refusal = assertThrows(StreamException.class, () -> DataDirectory.open(first.path()));

      assertEquals(StreamException.Code.DATA_DIRECTORY_IN_USE, refusal.code());
    }
    DataDirectory.open(folder).close();
  }

  @Test
  void aSecretIsDrawnOnceAndReadableByItsOwnerOnly() throws IOException {
    try (var data = DataDirectory.open(folder.resolve("data"))) {
      var secret = data.secret("broker-password");

      assertEquals(secret, data.secret("broker-password"));
      assertEquals("rwx------", permissions(data.path()));
      assertEquals("rw-------", permissions(data.path().resolve("secrets/broker-password")));
    }
  }

  @Test
  void dataOfAnotherVersionIsRefused() throws IOException {
    DataDirectory.open(folder).close();
    Files.writeString(folder.resolve("VERSION"), "99\n");

    var refusal = assertThrows(StreamException.class, () -> DataDirectory.open(folder));

    assertEquals(
        "The data directory "
            + folder
            + " is of data version 99, and this Earshot keeps version 2.",
        refusal.getMessage());
  }

  @Test
  void aDamagedVersionIsToldWithWhatItShouldBe() throws IOException {
    DataDirectory.open(folder).close();
    Files.write(folder.resolve("VERSION"), DAMAGED);

    var refusal = assertThrows(StreamException.class, () -> DataDirectory.open(folder));

    assertEquals(versionDamaged(), refusal.getMessage());
    Files.writeString(folder.resolve("VERSION"), "2");
    DataDirectory.open(folder).close();
  }

  @Test
  void aLostVersionIsToldApartFromAFolderOfSomethingElse() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      data.secret("master-key");
      data.write("node", "node-1");
    }
    Files.delete(folder.resolve("VERSION"));

    var refusal = assertThrows(StreamException.class, () -> DataDirectory.open(folder));

    assertEquals(versionDamaged(), refusal.getMessage());
  }

  @Test
  void aDamagedSecretIsToldAndNotDrawnAgain() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      data.secret("master-key");
      var file = folder.resolve("secrets/master-key");
      Files.write(file, DAMAGED);

      var refusal = assertThrows(StreamException.class, () -> data.secret("master-key"));

      assertEquals(
          file
              + " is damaged, and what was sealed with it cannot be opened without it: put it back"
              + " from a backup.",
          refusal.getMessage());
      assertArrayEquals(DAMAGED, Files.readAllBytes(file));
    }
  }

  @Test
  void aSecretOfWhichHalfIsLostIsDamaged() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      var whole = data.secret("master-key");
      Files.writeString(folder.resolve("secrets/master-key"), whole.substring(24));

      assertThrows(StreamException.class, () -> data.secret("master-key"));
    }
  }

  @Test
  void aSecretThatMayBeReplacedIsDrawnAgainWhenItIsDamaged() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      var before = data.replaceableSecret("broker-password");
      assertEquals(before, data.replaceableSecret("broker-password"));
      Files.write(folder.resolve("secrets/broker-password"), DAMAGED);

      var after = data.replaceableSecret("broker-password");

      assertEquals(48, after.length());
      assertEquals(after, data.replaceableSecret("broker-password"));
    }
  }

  @Test
  void aFileIsNoDataDirectory() throws IOException {
    var file = Files.createFile(folder.resolve("file"));

    var refusal = assertThrows(StreamException.class, () -> DataDirectory.open(file));

    assertEquals(StreamException.Code.DATA_DIRECTORY_UNUSABLE, refusal.code());
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Files.createFile(folder.resolve("thesis.txt"));

    var refusal = assertThrows(StreamException.class, () -> DataDirectory.open(folder));

    assertEquals(
        "The folder " + folder + " holds something that is not Earshot's; name another one.",
        refusal.getMessage());
    try (var entries = Files.list(folder)) {
      assertEquals(1, entries.count());
    }
  }

  @Test
  void aFolderThatOthersCouldReadIsClosedToThem() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    DataDirectory.open(folder).close();

    assertEquals("rwx------", permissions(folder));
  }

  @Test
  void aLinkThatSomebodyPlantedIsNotWrittenThrough() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      var outside = Files.writeString(folder.resolve("outside"), "theirs");
      for (var name : new String[] {"note", "note.draft"}) {
        Files.createSymbolicLink(folder.resolve(name), outside);
      }

      data.write("note", "ours");

      assertEquals(Optional.of("ours"), data.read("note"));
      assertEquals("theirs", Files.readString(outside));
    }
  }

  @Test
  void aTextIsKeptForItsOwner() throws IOException {
    try (var data = DataDirectory.open(folder)) {
      assertEquals(Optional.empty(), data.read("address"));

      data.write("address", "one\n");
      data.write("address", "two\n");

      assertEquals(Optional.of("two"), data.read("address"));
      assertEquals("rw-------", permissions(folder.resolve("address")));
      data.delete("address");
      assertEquals(Optional.empty(), data.read("address"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private String versionDamaged() {
    return folder.resolve("VERSION")
        + " is damaged or missing. If this Earshot kept its data here, write 2 into it.";
  }
}

package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksLibraryTest {

  @TempDir Path libraries;
  @TempDir Path temporary;

  @Test
  void oneCopyServesAllStarts() throws Exception {
    var folder = libraries.resolve("not-there-yet");

    assertEquals(List.of(), unpackedByAStart(folder));
    assertEquals(List.of(), unpackedByAStart(folder));

    try (var kept = Files.list(folder)) {
      assertEquals(1, kept.count());
    }
  }

  @Test
  void whereNoneCanBeKeptAStartUnpacksItsOwn() throws Exception {
    var file = Files.createFile(libraries.resolve("a-file"));

    assertEquals(1, unpackedByAStart(file).size());
  }

  /** What a process that is killed once it has the library leaves behind. */
  private List<Path> unpackedByAStart(Path folder) throws IOException, InterruptedException {
    var java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + folder,
                "-D" + RocksLibrary.FOLDER + "=" + folder,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName())
            .inheritIO()
            .start();
    assertEquals(Killed.EXIT_CODE, java.waitFor());
    try (var files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().contains("rocksdb")).toList();
    }
  }

  /** A process that ends without cleaning up. */
  static final class Killed {
    static final int EXIT_CODE = 9;

    private Killed() {}

    public static void main(String[] arguments) {
      RocksLibrary.load();
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}

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
  void aStartThatFindsItUnpacksNothing() throws Exception {
    RocksLibrary.keep(libraries);
    RocksLibrary.keep(libraries);

    assertEquals(List.of(), unpackedByAStart());
  }

  @Test
  void aStartThatDoesNotUnpacksIt() throws Exception {
    assertEquals(1, unpackedByAStart().size());
  }

  /** What a process that is killed once it has the library leaves behind. */
  private List<Path> unpackedByAStart() throws IOException, InterruptedException {
    var java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + libraries,
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

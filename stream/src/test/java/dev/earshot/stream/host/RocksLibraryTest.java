package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

class RocksLibraryTest {

  @TempDir Path libraries;
  @TempDir Path temporary;

  @Test
  void oneCopyServesAllStarts() throws Exception {
    var folder = libraries.resolve("not-there-yet");

    end(start(folder));
    end(start(folder));

    assertEquals(List.of(), unpacked());
    assertEquals(1, copies(folder));
  }

  @Test
  void ofTwoStartsAtOnceOneUnpacksForBoth() throws Exception {
    var one = start(libraries);
    var other = start(libraries);

    end(one);
    end(other);

    assertEquals(List.of(), unpacked());
    assertEquals(1, copies(libraries));
  }

  @Test
  void theDraftOfAStartThatWasKilledIsWrittenOver() throws Exception {
    Files.writeString(libraries.resolve(RocksLibrary.DRAFT), "half of a library");

    end(start(libraries));

    assertEquals(List.of(), unpacked());
    assertEquals(1, copies(libraries));
  }

  @Test
  void whereNoneCanBeKeptAStartUnpacksItsOwn() throws Exception {
    var file = Files.createFile(libraries.resolve("a-file"));

    end(start(file));

    assertEquals(1, unpacked().size());
  }

  @Test
  void besideACopyThatCannotBeLoadedAStartUnpacksItsOwn() throws Exception {
    end(start(libraries));
    for (var file : filesIn(libraries)) {
      Files.write(file, new byte[0]);
    }

    end(start(libraries));

    assertEquals(1, unpacked().size());
  }

  /** A process that is killed once it has the library. */
  private Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-PrintWarnings",
            "-D" + RocksLibrary.FOLDER + "=" + folder,
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName())
        .inheritIO()
        .start();
  }

  private static void end(Process java) throws InterruptedException {
    assertEquals(Killed.EXIT_CODE, java.waitFor());
  }

  /** What the starts have left in the temporary folder. */
  private List<Path> unpacked() throws IOException {
    return filesIn(temporary).stream()
        .filter(file -> file.getFileName().toString().contains("rocksdb"))
        .toList();
  }

  /** Whole or not, all that was ever copied into the folder. */
  private static long copies(Path folder) throws IOException {
    return filesIn(folder).stream().filter(file -> !file.endsWith(RocksLibrary.LOCK)).count();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** A process that ends without cleaning up. */
  static final class Killed {
    static final int EXIT_CODE = 9;

    private Killed() {}

    /** What is used of RocksDB asks for its library again. */
    public static void main(String[] arguments) {
      RocksLibrary.load();
      new Options().close();
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}

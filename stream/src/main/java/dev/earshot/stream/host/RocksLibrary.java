package dev.earshot.stream.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * The library of RocksDB that fits the system. Left to itself, each start unpacks it into the
 * temporary folder, where a process that is killed leaves its 15 MB; a start that finds it in the
 * {@code java.library.path} takes it from there.
 */
public final class RocksLibrary {

  private RocksLibrary() {}

  static void load() {
    RocksDB.loadLibrary();
  }

  /** Puts it into a folder, for all starts to come. */
  public static void keep(Path folder) throws IOException {
    var name = Environment.getJniLibraryFileName("rocksdb");
    try (var library = RocksDB.class.getResourceAsStream("/" + name)) {
      if (library != null) {
        Files.createDirectories(folder);
        Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}

package dev.earshot.stream.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library of RocksDB that fits the system. Left to itself, each start unpacks it into the
 * temporary folder, where a process that is killed leaves its 15 MB. The launcher names a folder,
 * also in the {@code java.library.path}, in which one copy serves all starts.
 */
final class RocksLibrary {

  static final String FOLDER = "earshot.libraries";

  private static final Logger LOG = LoggerFactory.getLogger(RocksLibrary.class);

  private RocksLibrary() {}

  static void load() {
    var folder = System.getProperty(FOLDER);
    if (folder != null) {
      tryToKeep(Path.of(folder));
    }
    RocksDB.loadLibrary();
  }

  private static void tryToKeep(Path folder) {
    try {
      keep(folder.resolve(Environment.getJniLibraryFileName("rocksdb")));
    } catch (IOException e) {
      LOG.debug("the library of RocksDB is not kept in {}", folder, e);
    }
  }

  /** Several starts may do so at once. */
  private static void keep(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    try (var library = RocksDB.class.getResourceAsStream("/" + file.getFileName())) {
      if (library != null) {
        Files.createDirectories(file.getParent());
        var draft = Files.createTempFile(file.getParent(), "draft-", null);
        Files.copy(library, draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}

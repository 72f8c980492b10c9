package dev.earshot.stream.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library of RocksDB that fits the system. Left to itself, each start unpacks it into the
 * temporary folder, where a process that is killed leaves its 15 MB. The launcher names a folder in
 * which one copy serves all starts.
 */
final class RocksLibrary {

  static final String FOLDER = "earshot.libraries";
  static final String DRAFT = "draft";
  static final String LOCK = "lock";

  private static final Logger LOG = LoggerFactory.getLogger(RocksLibrary.class);
  private static final String PACKED = Environment.getJniLibraryFileName("rocksdb");

  /** What RocksDB looks for in a folder is not called what it packs: it says jni twice. */
  private static final String KEPT = Environment.getJniLibraryFileName("rocksdbjni");

  private RocksLibrary() {}

  static synchronized void load() {
    var folder = System.getProperty(FOLDER);
    if (folder == null || !isLoadedFrom(Path.of(folder).toAbsolutePath())) {
      RocksDB.loadLibrary();
    }
  }

  private static boolean isLoadedFrom(Path folder) {
    try {
      keepIn(folder);
      RocksDB.loadLibrary(List.of(folder.toString()));
      return true;
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.debug("the library of RocksDB is not kept in {}", folder, e);
      return false;
    }
  }

  /** Several starts may do so at once: one unpacks it, and the others wait for that. */
  private static void keepIn(Path folder) throws IOException {
    var kept = folder.resolve(KEPT);
    if (Files.exists(kept)) {
      return;
    }
    Files.createDirectories(folder);
    try (var lock =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      if (Files.notExists(kept)) {
        unpack(kept);
      }
    }
  }

  /** The draft of a process that was killed meanwhile is written over. */
  private static void unpack(Path kept) throws IOException {
    try (var library = RocksDB.class.getResourceAsStream("/" + PACKED)) {
      if (library != null) {
        var draft = kept.resolveSibling(DRAFT);
        Files.copy(library, draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}

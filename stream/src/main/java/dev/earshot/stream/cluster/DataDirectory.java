package dev.earshot.stream.cluster;

import static dev.earshot.stream.cluster.StreamException.Code.DATA_DIRECTORY_IN_USE;
import static dev.earshot.stream.cluster.StreamException.Code.DATA_DIRECTORY_OF_ANOTHER_VERSION;
import static dev.earshot.stream.cluster.StreamException.Code.DATA_DIRECTORY_UNUSABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folder in which one Earshot keeps everything, readable by its owner only and held by one
 * process at a time.
 */
public final class DataDirectory implements AutoCloseable {

  /** Goes up when a newer Earshot keeps its data in a way an older one cannot read. */
  private static final String VERSION = "2";

  private static final String VERSION_FILE = "VERSION";

  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String SECRETS = "secrets/";
  private static final int SECRET_BYTES = 24;
  private static final Pattern SECRET = Pattern.compile("[0-9a-f]{%d}".formatted(2 * SECRET_BYTES));
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** What a first start that was cut short may leave. */
  private static final Set<String> OWN_BEFORE_VERSION = Set.of("lock", "VERSION.draft");

  /** What tells a data directory that has lost its version from a folder of something else. */
  private static final Set<String> OWN_AFTER_VERSION = Set.of("secrets", "node");

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Takes the folder for this process, and makes it when there is none. */
  public static DataDirectory open(Path path) {
    try {
      Files.createDirectories(path, OWNER_ONLY_FOLDER);
      refuseOthers(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      var directory = new DataDirectory(path, lock(path));
      directory.checkVersion();
      return directory;
    } catch (IOException e) {
      throw new StreamException(
          DATA_DIRECTORY_UNUSABLE,
          "The data directory " + path + " cannot be used: " + StreamException.reason(e) + ".",
          e);
    }
  }

  public Path path() {
    return path;
  }

  /** What is left on its disk; nothing when the disk does not answer. */
  public long freeBytes() {
    return path.toFile().getUsableSpace();
  }

  /** The size of its disk. */
  public long totalBytes() {
    return path.toFile().getTotalSpace();
  }

  /** A folder in it. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(path.resolve(name), OWNER_ONLY_FOLDER);
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /** Keeps a text in a file of its own, readable by the owner only. */
  public void write(String name, String text) {
    try {
      write(path.resolve(name), text);
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /**
   * The text of a file, without the space around it; nothing when there is no such file. Of bytes
   * that are no text something comes that is none either: who reads it knows what it should be.
   */
  public Optional<String> read(String name) {
    var file = path.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(text(file));
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /** Removes a file, if it is there. */
  public void delete(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /** A secret that is drawn once and then remembered, since what it closed it must open again. */
  public String secret(String name) {
    var file = SECRETS + name;
    var kept = read(file);
    if (kept.isEmpty()) {
      return draw(file);
    }
    if (SECRET.matcher(kept.get()).matches()) {
      return kept.get();
    }
    throw new StreamException(
        DATA_DIRECTORY_UNUSABLE,
        "%s is damaged, and what was sealed with it cannot be opened without it: put it back from"
                .formatted(path.resolve(file))
            + " a backup.");
  }

  /** A secret that is remembered from one start to the next, and drawn again when it is damaged. */
  public String replaceableSecret(String name) {
    var file = SECRETS + name;
    return read(file).filter(SECRET.asMatchPredicate()).orElseGet(() -> draw(file));
  }

  private String draw(String file) {
    folder("secrets");
    var drawn = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(drawn);
    var text = HexFormat.of().formatHex(drawn);
    write(file, text);
    return text;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw unusable("lock", e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    var channel =
        FileChannel.open(
            path.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OWNER_ONLY_FILE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: in use all the same.
    }
    channel.close();
    throw new StreamException(
        DATA_DIRECTORY_IN_USE,
        "The data directory " + path + " is in use by another running Earshot.");
  }

  /** A folder that holds something else is not turned into a data directory. */
  private static void refuseOthers(Path path) throws IOException {
    if (Files.exists(path.resolve(VERSION_FILE))) {
      return;
    }
    try (var entries = Files.list(path)) {
      var others =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !OWN_BEFORE_VERSION.contains(name))
              .collect(Collectors.toSet());
      if (others.containsAll(OWN_AFTER_VERSION)) {
        throw versionDamaged(path);
      }
      if (!others.isEmpty()) {
        throw new StreamException(
            DATA_DIRECTORY_UNUSABLE,
            "The folder " + path + " holds something that is not Earshot's; name another one.");
      }
    }
  }

  private void checkVersion() throws IOException {
    var file = path.resolve(VERSION_FILE);
    if (!Files.exists(file)) {
      write(file, VERSION + "\n");
      return;
    }
    var found = text(file);
    if (!found.equals(VERSION)) {
      lock.close();
      throw NUMBER.matcher(found).matches() ? otherVersion(found) : versionDamaged(path);
    }
  }

  private StreamException otherVersion(String found) {
    return new StreamException(
        DATA_DIRECTORY_OF_ANOTHER_VERSION,
        "The data directory %s is of data version %s, and this Earshot keeps version %s."
            .formatted(path, found, VERSION));
  }

  private static StreamException versionDamaged(Path path) {
    return new StreamException(
        DATA_DIRECTORY_UNUSABLE,
        "%s is damaged or missing. If this Earshot kept its data here, write %s into it."
            .formatted(path.resolve(VERSION_FILE), VERSION));
  }

  /** Whole or not at all: a crash in between must not leave half a secret. */
  private static void write(Path file, String text) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(draft, OWNER_ONLY_FILE);
    Files.writeString(draft, text, StandardOpenOption.SYNC);
    Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** Bytes that are no UTF-8 stand in it as the sign for that. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8).strip();
  }

  private StreamException unusable(String name, IOException e) {
    return new StreamException(
        DATA_DIRECTORY_UNUSABLE,
        path.resolve(name) + " cannot be read or written: " + StreamException.reason(e) + ".",
        e);
  }
}

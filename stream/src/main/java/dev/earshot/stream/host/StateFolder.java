package dev.earshot.stream.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Where the stores are kept. Kafka Streams rebuilds from the log what a killed process left, but
 * only after it has opened every store twice to see that it must: what was not left in order is
 * thrown away before it looks.
 */
final class StateFolder {

  private static final String IN_USE = "in-use";

  private final Path stores;
  private final Path inUse;

  StateFolder(Path directory, String application) {
    stores = directory.resolve(application);
    inUse = directory.resolve(IN_USE);
  }

  /** Whether there are stores that were left; else they are made anew from the log. */
  boolean inOrder() {
    return Files.exists(stores) && Files.notExists(inUse);
  }

  /** From now on the stores are worked on. */
  void take() {
    try {
      if (Files.exists(inUse)) {
        clear();
      } else {
        Files.createDirectories(inUse.getParent());
        Files.createFile(inUse);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the stores cannot be made ready", e);
    }
  }

  /** The stores are closed, and hold all that was decided. */
  void leave() {
    try {
      Files.deleteIfExists(inUse);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the stores cannot be left", e);
    }
  }

  /** The files beside the stores name this client among those of the cluster, and stay. */
  private void clear() throws IOException {
    if (Files.notExists(stores)) {
      return;
    }
    List<Path> tasks;
    try (var found = Files.list(stores)) {
      tasks = found.filter(Files::isDirectory).toList();
    }
    for (var task : tasks) {
      delete(task);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

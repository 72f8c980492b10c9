package dev.earshot.bench.server;

import dev.earshot.bench.command.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders that were only for a measurement. */
public final class Folders {

  private Folders() {}

  /** Removes a folder with all that is in it. */
  public static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new BenchFailure("The folder " + folder + " cannot be removed.", e);
    }
  }
}

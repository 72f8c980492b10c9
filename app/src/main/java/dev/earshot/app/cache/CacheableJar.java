package dev.earshot.app.cache;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Rewrites the classes of a jar; whoever has the jar open goes on reading the old one. */
final class CacheableJar {

  private CacheableJar() {}

  static void rewrite(Path jar, CacheableClass classes) throws IOException {
    var draft = jar.resolveSibling(jar.getFileName() + ".draft");
    try (var from = new ZipFile(jar.toFile());
        var to = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
      for (var entry : Collections.list(from.entries())) {
        var content = from.getInputStream(entry).readAllBytes();
        var copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        to.putNextEntry(copy);
        to.write(isClass(entry) ? classes.of(content) : content);
        to.closeEntry();
      }
    }
    Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class");
  }
}

package dev.earshot.app.cache;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites a jar for a fast start: without its manifest, which java would ask about each class that
 * comes from the cache, and stored instead of compressed, for a start without the cache. Of what
 * there is for several versions of java, it keeps what this one reads. Whoever has the jar open
 * goes on reading the old one.
 */
final class CacheableJar {

  private CacheableJar() {}

  /**
   * @param classes what becomes of each class
   */
  static void rewrite(Path jar, UnaryOperator<byte[]> classes) throws IOException {
    var draft = jar.resolveSibling(jar.getFileName() + ".draft");
    try (var from = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
        var to = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
      var kept = from.versionedStream().filter(entry -> !isManifest(entry)).toList();
      for (var entry : kept) {
        var original = from.getInputStream(entry).readAllBytes();
        var content = isClass(entry) ? classes.apply(original) : original;
        to.putNextEntry(stored(entry, content));
        to.write(content);
        to.closeEntry();
      }
    }
    Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ZipEntry stored(JarEntry entry, byte[] content) {
    var copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    copy.setMethod(ZipEntry.STORED);
    copy.setSize(content.length);
    var crc = new CRC32();
    crc.update(content);
    copy.setCrc(crc.getValue());
    return copy;
  }

  private static boolean isManifest(JarEntry entry) {
    return entry.getName().equals(JarFile.MANIFEST_NAME);
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class");
  }
}

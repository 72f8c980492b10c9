package dev.earshot.app.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import picocli.CommandLine;

class CacheableJarTest {

  @TempDir Path folder;

  @Test
  void aJarKeepsAllButItsManifest() throws Exception {
    var original = jarOf(Class.forName("com.yammer.metrics.reporting.JmxReporter"));
    var copy = Files.copy(original, folder.resolve("metrics-core.jar"));

    rewrite(copy);

    var before = contents(original);
    var after = contents(copy);
    before.remove(JarFile.MANIFEST_NAME);
    assertEquals(before.keySet(), after.keySet());
    var name = "com/yammer/metrics/reporting/JmxReporter.class";
    assertFalse(Arrays.equals(before.get(name), after.get(name)));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(copy), files.toList());
    }
  }

  @Test
  void classesOfALibraryOfWhichLessIsKnownStayAsTheyAre() throws Exception {
    var original = jarOf(Logger.class);
    var copy = Files.copy(original, folder.resolve("slf4j.jar"));

    rewrite(copy);

    var name = "org/slf4j/Logger.class";
    assertArrayEquals(contents(original).get(name), contents(copy).get(name));
  }

  @Test
  void ofAFileInSeveralVersionsTheOneThatThisJavaReadsIsKept() throws Exception {
    var jar = folder.resolve("several.jar");
    write(
        jar,
        Map.of(
            "both.txt", "old",
            "META-INF/versions/9/both.txt", "new",
            "META-INF/versions/999/both.txt", "of days to come",
            "META-INF/versions/11/added.txt", "added"));

    rewrite(jar);

    var texts = new TreeMap<String, String>();
    contents(jar).forEach((name, bytes) -> texts.put(name, new String(bytes, UTF_8)));
    assertEquals(Map.of("both.txt", "new", "added.txt", "added"), texts);
  }

  @Test
  void aJarOfNativeCodeStaysAsItIs() throws Exception {
    var original = jarOf(org.rocksdb.RocksDB.class);
    var copy = Files.copy(original, folder.resolve("rocksdb.jar"));

    rewrite(copy);

    assertEquals(-1, Files.mismatch(original, copy));
  }

  private static void rewrite(Path jar) {
    assertEquals(0, new CommandLine(new CacheableCommand()).execute(jar.toString()));
  }

  private static void write(Path jar, Map<String, String> texts) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (var to = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (var text : texts.entrySet()) {
        to.putNextEntry(new ZipEntry(text.getKey()));
        to.write(text.getValue().getBytes(UTF_8));
      }
    }
  }

  private static SortedMap<String, byte[]> contents(Path jar) throws IOException {
    var contents = new TreeMap<String, byte[]>();
    try (var file = new ZipFile(jar.toFile())) {
      for (var entries = file.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        contents.put(entry.getName(), file.getInputStream(entry).readAllBytes());
      }
    }
    return contents;
  }

  private static Path jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

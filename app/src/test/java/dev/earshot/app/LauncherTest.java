package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder like ours, beside a Maven that only notes that it was called. */
class LauncherTest {

  private static final Instant BUILT = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path folder;

  @BeforeEach
  void build() throws IOException {
    Files.copy(Path.of("../earshot"), folder.resolve("earshot"));
    write("pom.xml");
    write("app/pom.xml");
    write("app/src/main/Source.java");
    write("examples/growth/journey.yaml");
    write("examples/node/index.mjs");
    write(".earshot/current/stamp");
    var maven = write("bin/mvn");
    Files.writeString(
        maven, "#!/bin/sh\necho called > '" + folder.resolve("called") + "'\nexit 1\n");
    assertTrue(maven.toFile().setExecutable(true));
    age(folder);
  }

  @Test
  void itBuildsWhenASourceIsNewerThanTheBuild() throws Exception {
    write("app/src/main/Source.java");

    assertTrue(builds());
  }

  @Test
  void itBuildsWhenAnExampleIsNewerThatTheDemoApplies() throws Exception {
    write("examples/growth/journey.yaml");

    assertTrue(builds());
  }

  @Test
  void itBuildsNothingForWhatAnotherExampleInstalls() throws Exception {
    write("examples/node/node_modules/package.json");

    assertFalse(builds());
  }

  /** There is no program to run, so every call fails in the end. */
  private boolean builds() throws Exception {
    var launcher =
        new ProcessBuilder("bash", folder.resolve("earshot").toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    var environment = launcher.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    var process = launcher.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertFalse(process.exitValue() == 0, Files.readString(folder.resolve("said")));
    return Files.exists(folder.resolve("called"));
  }

  private Path write(String name) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  /** As if all was there when it was built. */
  private static void age(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(BUILT));
      }
    }
  }
}

package dev.earshot.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Starts the program as it was built for the tests, as {@code ./earshot} starts the packed one, but
 * for a short life.
 */
public final class Launcher {

  private Launcher() {}

  /**
   * @param javaOption one more for its java, or nothing
   */
  public static Path write(Path folder, String javaOption) throws IOException {
    var launcher = folder.resolve("earshot");
    Files.write(
        launcher,
        List.of(
            "#!/bin/sh",
            "exec '%s' -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED %s ${EARSHOT_JAVA_OPTS:-} -cp '%s' %s \"$@\""
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    javaOption,
                    System.getProperty("java.class.path"),
                    "dev.earshot.app.Earshot")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return launcher;
  }
}

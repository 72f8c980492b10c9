package dev.earshot.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.FakeEarshot.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a fake that keeps its promises, and fakes that do not: a check must be seen to fail. */
@Tag("slow")
class KillCommandTest {

  @TempDir Path folder;

  @Test
  void aServerThatKeepsItsPromisesPasses() throws Exception {
    var report = kill(Fault.NONE);

    assertEquals(0, report.status(), report.text());
    assertTrue(report.figure("acknowledged") > 0, report.text());
    assertEquals(report.figure("sent"), report.figure("acknowledged"));
    assertEquals(report.figure("webhooks owed"), report.figure("webhooks arrived"));
  }

  @Test
  void aServerThatAnswersBeforeItKeepsIsCaught() throws Exception {
    var report = kill(Fault.FORGETFUL);

    assertEquals(1, report.status(), report.text());
    assertTrue(report.figure("lost") > 0, report.text());
  }

  @Test
  void aServerThatTellsAnEventTwiceIsCaught() throws Exception {
    var report = kill(Fault.REPEATING);

    assertEquals(1, report.status(), report.text());
    assertTrue(report.figure("duplicated facts") > 0, report.text());
  }

  @Test
  void aServerThatForgetsItsWebhooksIsCaught() throws Exception {
    var report = kill(Fault.SILENT);

    assertEquals(1, report.status(), report.text());
    assertTrue(report.figure("webhooks missing") > 0, report.text());
  }

  private record Report(int status, String text) {
    long figure(String name) {
      var figure = Pattern.compile("(?m)^ *" + name + " +([\\d,]+)").matcher(text);
      assertTrue(figure.find(), text);
      return Long.parseLong(figure.group(1).replace(",", ""));
    }
  }

  private Report kill(Fault fault) throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var words =
        List.of(
            "kill",
            "--earshot",
            launcher(fault).toString(),
            "--folder",
            folder.resolve("work").toString(),
            "--times",
            "2",
            "--rate",
            "200",
            "--alive-ms",
            "1000",
            "--quiet",
            "1");
    return new Report(Bench.run(words, print, print), out.toString(StandardCharsets.UTF_8));
  }

  private Path launcher(Fault fault) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var launcher = folder.resolve("earshot");
    Files.write(
        launcher,
        List.of(
            "#!/bin/sh",
            "exec '%s' -Dfault=%s -cp '%s' %s \"$@\""
                .formatted(
                    java,
                    fault,
                    System.getProperty("java.class.path"),
                    FakeEarshot.class.getName())));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return launcher;
  }
}

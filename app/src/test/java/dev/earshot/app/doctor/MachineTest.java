package dev.earshot.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.doctor.Finding.Verdict;
import dev.earshot.stream.cluster.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  private static final long GIGABYTE = 1L << 30;

  @TempDir private Path folder;

  @Test
  void aDataDirectoryThatIsNotThereIsFine() throws IOException {
    assertEquals(Verdict.GOOD, machine(folder.resolve("none")).directory().verdict());
    assertEquals(Verdict.GOOD, machine(folder.resolve("none/deep")).disk().verdict());
  }

  @Test
  void aDataDirectoryThatOthersCanReadIsNot() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

    var finding = machine(folder).directory();

    assertEquals(Verdict.BAD, finding.verdict());
    assertEquals("chmod 700 " + folder, finding.advice());
  }

  @Test
  void aDataDirectoryThatIsInUseIsSaidToBe() throws IOException {
    assertFalse(machine(folder).inUse());

    try (var data = DataDirectory.open(folder)) {
      assertEquals("a running Earshot has the data directory", machine(data.path()).lock().found());
    }
    assertFalse(machine(folder).inUse());
  }

  @Test
  void aDiskIsBadBeforeItIsFull() {
    assertEquals(Verdict.GOOD, Machine.disk(50 * GIGABYTE, 100 * GIGABYTE).verdict());
    assertEquals(Verdict.DOUBTFUL, Machine.disk(4 * GIGABYTE, 100 * GIGABYTE).verdict());
    assertEquals(Verdict.BAD, Machine.disk(GIGABYTE, 100 * GIGABYTE).verdict());
    assertEquals(Verdict.DOUBTFUL, Machine.disk(GIGABYTE, 2 * GIGABYTE).verdict());
  }

  @Test
  void aClockBehindTheDataHasGoneBack() throws IOException {
    var kafka = Files.createDirectories(folder.resolve("kafka"));
    Files.createFile(kafka.resolve("segment"));

    assertEquals(Verdict.GOOD, machine(folder).clock().verdict());

    var behind = new Machine(folder, Instant.now().minus(Duration.ofHours(1))).clock();
    assertEquals(Verdict.BAD, behind.verdict());
    assertTrue(behind.advice().startsWith("The clock has gone back."), behind::advice);
  }

  @Test
  void aClockFromBeforeTheProgramIsWrong() throws IOException {
    assertEquals(Verdict.BAD, new Machine(folder, Instant.EPOCH).clock().verdict());
  }

  @Test
  void aFindingIsALineAndItsAdviceAnother() {
    assertEquals(
        "BAD disk: 1 MB are free (0 %)"
            + System.lineSeparator()
            + "      -> Make room: while less than 512 MB are free, nothing is collected, unless"
            + " disk.reserve says otherwise.",
        Machine.disk(1 << 20, GIGABYTE).text());
    assertEquals(
        "{\"subject\":\"java\",\"verdict\":\"good\",\"found\":\"25\",\"advice\":\"\"}",
        Finding.good("java", "25").json());
  }

  private static Machine machine(Path directory) {
    return new Machine(directory, Instant.now());
  }
}

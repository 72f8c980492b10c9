package dev.earshot.stream.integrity;

import static dev.earshot.stream.integrity.Segments.RECORD;
import static dev.earshot.stream.integrity.Segments.flip;
import static dev.earshot.stream.integrity.Segments.leap;
import static dev.earshot.stream.integrity.Segments.segment;
import static dev.earshot.stream.integrity.Segments.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.stream.cluster.StreamException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.FileRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

  private static final TopicPartition EVENTS = new TopicPartition("events", 0);

  @TempDir Path directory;

  private Path first;
  private Path second;
  private LogFiles files;

  /** Two files of three batches, each of one record. */
  @BeforeEach
  void write() throws IOException {
    var folder = Files.createDirectory(directory.resolve("events-0"));
    first = segment(folder, 0);
    second = segment(folder, 3);
    files = new LogFiles(directory);
  }

  @Test
  void aLogThatCanBeReadIsNotDamaged() {
    assertEquals(List.of(), damages(6));
    assertEquals(List.of(), mend());
  }

  @Test
  void aFlippedByteIsFoundWithItsFileAndOffset() throws IOException {
    flip(second, size() + RECORD);

    assertEquals(
        List.of("events-0 from offset 4 (%s, byte %,d)".formatted(second, size())), damages(6));
  }

  @Test
  void anOffsetThatGoesBackIsDamageThoughNoChecksumTells() throws IOException {
    flip(second, 2 * size() + 7);

    assertEquals(1, damages(6).size());
  }

  @Test
  void anOffsetThatLeapsAheadIsDamageWhereItStands() throws IOException {
    leap(second, size());

    assertEquals(
        List.of("events-0 from offset 4 (%s, byte %,d)".formatted(second, size())), damages(6));
  }

  @Test
  void anOffsetThatLeapsAheadInTheEndIsDamageThere() throws IOException {
    leap(second, 2L * size());

    assertEquals(
        List.of("events-0 from offset 5 (%s, byte %,d)".formatted(second, 2 * size())), damages(6));
  }

  @Test
  void mendingTakesOutWhatLeapsAheadAndLeavesWhatStandsBehindIt() throws IOException {
    leap(first, 0);
    leap(second, size());

    assertEquals(2, mend().size());
    assertEquals(List.of(1L, 2L), offsets(first));
    assertEquals(List.of(3L, 5L), offsets(second));
    assertEquals(List.of(), mend());
  }

  @Test
  void mendingTakesOutWhatLeapsAheadInTheEnd() throws IOException {
    leap(second, 2L * size());

    assertEquals(1, mend().size());
    assertEquals(List.of(3L, 4L), offsets(second));
  }

  @Test
  void whereSomethingWasTakenOutTheRestIsNoDamage() throws IOException {
    flip(second, size() + RECORD);
    mend();

    assertEquals(List.of(), damages(6));
  }

  @Test
  void whatTheBrokerHasSeenOnTheDiskIsLookedThroughWhereItIsAskedFor() throws IOException {
    Files.writeString(directory.resolve("recovery-point-offset-checkpoint"), "0\n1\nevents 0 6\n");
    flip(first, size() + RECORD);

    assertEquals(List.of(), damages(6));
    assertEquals(1, files.damages(new LogEnds(Map.of(EVENTS, 6L)), Set.of("events")).size());
  }

  @Test
  void whatWasNeverNotedAsWrittenMayBeTorn() throws IOException {
    cut(second, 2 * size() + 10);

    assertEquals(List.of(), damages(5));
    assertEquals(1, damages(6).size());
  }

  @Test
  void aFileThatGrowsWhileItIsLookedThroughIsLeftAsItIs() throws IOException {
    long before = Files.size(second);

    try (var open = OpenSegment.of(second)) {
      Files.write(second, new byte[10], StandardOpenOption.APPEND);
      assertEquals(before, open.records().sizeInBytes());
    }

    assertEquals(before + 10, Files.size(second));
  }

  @Test
  void aFileThatIsGoneIsDamage() throws IOException {
    Files.delete(second);

    assertEquals(1, damages(6).size());
  }

  @Test
  void aFolderThatIsGoneIsDamage() {
    assertEquals(
        1,
        files.damages(new LogEnds(Map.of(new TopicPartition("outcomes", 0), 1L)), Set.of()).size());
  }

  @Test
  void aFileThatCannotBeOpenedIsNoDamage() throws IOException {
    Segments.makeUnopenable(second);

    assertUnreadable(() -> damages(6));
  }

  @Test
  void aFileThatGivesNoBytesIsNoDamage() throws IOException {
    Segments.makeUnreadable(second);

    assertUnreadable(() -> damages(6));
  }

  @Test
  void mendingLeavesAFileThatGivesNoBytesAsItIs() throws IOException {
    Segments.makeUnreadable(second);

    assertUnreadable(this::mend);

    assertTrue(Files.exists(second));
  }

  @Test
  void mendingTakesOutWhatCannotBeReadAndNothingElse() throws IOException {
    flip(first, size() + RECORD);
    flip(second, RECORD);

    assertEquals(2, mend().size());
    assertEquals(List.of(0L, 2L), offsets(first));
    assertEquals(List.of(4L, 5L), offsets(second));
    assertEquals(List.of(), mend());
  }

  @Test
  void mendingLetsTheIndexesBeMadeAnew() throws IOException {
    var index = Files.createFile(first.resolveSibling("00000000000000000000.index"));
    var other = Files.createFile(first.resolveSibling("00000000000000000003.index"));
    flip(first, RECORD);

    mend();

    assertFalse(Files.exists(index));
    assertTrue(Files.exists(other));
  }

  @Test
  void mendingDropsTheRestOfAFileWhoseBatchesCannotBeMadeOut() throws IOException {
    cut(first, 2 * size() + 5);

    assertEquals(1, mend().size());
    assertEquals(List.of(0L, 1L), offsets(first));
    assertEquals(List.of(3L, 4L, 5L), offsets(second));
  }

  @Test
  void theBrokersOwnLogMayEndTornAfterAKillOnly() throws IOException {
    cut(metadata(), 2 * size() + RECORD);

    assertEquals(Optional.empty(), files.metadataDamage(true));
    assertEquals(Optional.of(2L), files.metadataDamage(false).map(LogFiles.Damage::offset));
  }

  @Test
  void theBrokersOwnLogIsDamagedWhereMoreOfItStandsBehind() throws IOException {
    flip(metadata(), size() + RECORD);

    assertEquals(Optional.of(1L), files.metadataDamage(true).map(LogFiles.Damage::offset));
  }

  @Test
  void nothingIsLeftOfTheBrokersOwnLog() throws IOException {
    Files.write(metadata(), new byte[] {1, 2, 3});

    assertTrue(files.metadataDamage(true).isPresent());
  }

  @Test
  void theBrokersOwnLogIsGone() {
    assertTrue(files.metadataDamage(true).isPresent());
  }

  @Test
  void aBrokerThatNeverRanHasNoLogOfItsOwn() throws IOException {
    var fresh = Files.createDirectory(directory.resolve("fresh"));

    assertEquals(Optional.empty(), new LogFiles(fresh).metadataDamage(true));
  }

  private Path metadata() throws IOException {
    var file = segment(Files.createDirectory(directory.resolve("__cluster_metadata-0")), 0);
    assertEquals(Optional.empty(), files.metadataDamage(false));
    return file;
  }

  private void assertUnreadable(Executable look) {
    var refusal = assertThrows(StreamException.class, look);

    assertEquals(StreamException.Code.DATA_DIRECTORY_UNUSABLE, refusal.code());
    assertTrue(
        refusal.toString().contains(second + " cannot be opened or read: "), refusal::toString);
  }

  private List<LogFiles.Damage> mend() {
    return files.mend(new LogEnds(Map.of(EVENTS, 6L)));
  }

  private List<String> damages(long written) {
    return files.damages(new LogEnds(Map.of(EVENTS, written)), Set.of()).stream()
        .map(LogFiles.Damage::toString)
        .toList();
  }

  private static void cut(Path file, long size) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static List<Long> offsets(Path file) throws IOException {
    try (var records = FileRecords.open(file.toFile(), false)) {
      var offsets = new ArrayList<Long>();
      records.batches().forEach(batch -> offsets.add(batch.baseOffset()));
      return offsets;
    }
  }
}

package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.Answer;
import dev.earshot.bench.proof.Ledger.Entry;
import dev.earshot.bench.proof.Ledger.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  @TempDir Path folder;

  @Test
  void everyAnswerIsOnTheDiskAndTheLastOneCounts() throws InterruptedException, IOException {
    var file = folder.resolve("ledger");
    var ledger = Ledger.create(file);
    ledger.note(1, 10, new Answer.Status(200));
    ledger.note(2, 20, new Answer.Status(503));
    ledger.note(3, 30, new Answer.Unreachable());
    ledger.note(4, 40, new Answer.Unknown("reset"));
    ledger.note(4, 50, new Answer.Status(200));
    ledger.note(5, 60, new Answer.Status(400));

    var entries = ledger.seal();

    assertEquals(
        Map.of(
            1L, Fate.ACKNOWLEDGED,
            2L, Fate.REFUSED,
            3L, Fate.REFUSED,
            4L, Fate.ACKNOWLEDGED,
            5L, Fate.DECLINED),
        entries.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().fate())));
    assertEquals(
        List.of(10L, 20L, 30L, 40L, 60L), entries.values().stream().map(Entry::dueNanos).toList());
    assertEquals(
        List.of(
            "1 ACKNOWLEDGED",
            "2 REFUSED",
            "3 REFUSED",
            "4 UNKNOWN",
            "4 ACKNOWLEDGED",
            "5 DECLINED"),
        Files.readAllLines(file));
  }

  @Test
  void aLedgerIsNeverWrittenOver() throws InterruptedException {
    var file = folder.resolve("ledger");
    Ledger.create(file).seal();

    assertThrows(BenchFailure.class, () -> Ledger.create(file));
  }
}

package dev.earshot.stream.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogEndsTest {

  private static final TopicPartition EVENTS = new TopicPartition("events", 0);
  private static final TopicPartition STATE = new TopicPartition("earshot-host-state", 3);

  @Test
  void whatIsNotedIsReadAgain() {
    var ends = new LogEnds(Map.of(EVENTS, 12L, STATE, 0L));

    assertEquals(Optional.of(ends), LogEnds.parse(ends.text()));
    assertEquals(Optional.of(LogEnds.none()), LogEnds.parse(LogEnds.none().text()));
  }

  @Test
  void aDamagedNoteIsNotBelieved() {
    var text = new LogEnds(Map.of(EVENTS, 12L)).text();

    assertEquals(Optional.empty(), LogEnds.parse(text.replace("12", "21")));
    assertEquals(Optional.empty(), LogEnds.parse(text.substring(0, text.length() - 4)));
    assertEquals(Optional.empty(), LogEnds.parse(""));
  }

  @Test
  void aPartitionThatEndsEarlierWasCut() {
    var written = new LogEnds(Map.of(EVENTS, 1200L, STATE, 7L));

    assertEquals(
        List.of(
            "earshot-host-state-3 was written up to offset 7 and ends at 0 (7 records)",
            "events-0 was written up to offset 1,200 and ends at 1,000 (200 records)"),
        written.cutBy(new LogEnds(Map.of(EVENTS, 1000L))).stream()
            .map(LogEnds.Cut::toString)
            .toList());
  }

  @Test
  void aPartitionThatGrewOrIsNewWasNotCut() {
    var written = new LogEnds(Map.of(EVENTS, 1200L));

    assertEquals(List.of(), written.cutBy(new LogEnds(Map.of(EVENTS, 1200L, STATE, 1L))));
    assertEquals(List.of(), LogEnds.none().cutBy(written));
  }
}

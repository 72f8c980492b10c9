package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.event.Event;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.Quarantined;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MemoryEventLogTest extends EventLogConformance {

  private final MemoryEventLog log = new MemoryEventLog();

  @Override
  EventLog log() {
    return log;
  }

  @Override
  List<Event> events() {
    return log.events();
  }

  @Override
  List<String> quarantinedIds() {
    return log.quarantined().stream().map(Quarantined::id).toList();
  }

  @Test
  void anOutageRefusesAndLeavesNothing() {
    log.fail("the disk is full");

    var append = log.append(List.of(event("e1", "ada")));

    var failure = assertThrows(CompletionException.class, append::join);
    assertInstanceOf(LogUnavailable.class, failure.getCause());
    assertEquals(List.of(), log.events());
  }
}

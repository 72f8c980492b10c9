package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.stream.EventLog.LogUnavailable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final AtomicLong clock = new AtomicLong(1000);
  private final Backlog backlog = new Backlog(100, 50, clock::get);

  @Test
  void itRefusesMoreOnceItIsFull() {
    backlog.add(101);

    assertThrows(LogUnavailable.class, () -> backlog.add(1));
    assertEquals(101, backlog.bytes());
  }

  @Test
  void itRefusesMoreWhenTheLogIsSilentForTooLong() {
    backlog.add(10);
    clock.addAndGet(51);

    assertThrows(LogUnavailable.class, () -> backlog.add(10));
  }

  @Test
  void anAnswerEndsTheSilence() {
    backlog.add(10);
    backlog.add(10);
    clock.addAndGet(51);
    backlog.remove(10);

    backlog.add(10);

    assertEquals(20, backlog.bytes());
  }

  @Test
  void idleTimeIsNoSilence() {
    clock.addAndGet(1_000_000);
    backlog.add(10);
    clock.addAndGet(49);

    backlog.add(10);

    assertEquals(20, backlog.bytes());
  }
}

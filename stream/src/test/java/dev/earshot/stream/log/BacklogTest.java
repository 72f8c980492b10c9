package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final AtomicLong clock = new AtomicLong(1000);
  private final Backlog backlog = new Backlog(100, 50, clock::get);

  @Test
  void itIsInTroubleOnceItIsFull() {
    backlog.add(101);

    assertEquals(
        Optional.of("The log is not keeping up: 101 bytes wait to be written."), backlog.trouble());
  }

  @Test
  void itIsInTroubleWhenTheLogIsSilentForTooLong() {
    backlog.add(10);
    clock.addAndGet(51);

    assertEquals(Optional.of("The log does not answer."), backlog.trouble());
  }

  @Test
  void anAnswerEndsTheSilence() {
    backlog.add(10);
    backlog.add(10);
    clock.addAndGet(51);
    backlog.taken(10);

    assertEquals(Optional.empty(), backlog.trouble());
    assertEquals(10, backlog.bytes());
  }

  @Test
  void aLossIsNoAnswer() {
    backlog.add(10);
    backlog.add(10);
    clock.addAndGet(51);
    backlog.lost(10);

    assertTrue(backlog.trouble().isPresent());
  }

  @Test
  void idleTimeIsNoSilence() {
    clock.addAndGet(1_000_000);
    backlog.add(10);
    clock.addAndGet(49);

    assertEquals(Optional.empty(), backlog.trouble());
  }
}

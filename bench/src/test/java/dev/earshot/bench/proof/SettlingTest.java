package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.bench.server.Left;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private static final Left SOMETHING = new Left(0, 0, 1);

  @Test
  void aServerHasSettledWhenTwiceInARowNothingIsLeft() throws InterruptedException {
    Queue<Left> told =
        new ArrayDeque<>(
            List.of(SOMETHING, Left.NOTHING, SOMETHING, Left.NOTHING, Left.NOTHING, SOMETHING));

    assertEquals(Left.NOTHING, settling(told).await(Duration.ofDays(1)));
    assertEquals(1, told.size());
  }

  @Test
  void whatIsLeftWhenTheTimeIsUpIsTold() throws InterruptedException {
    assertEquals(SOMETHING, settling(new ArrayDeque<>(List.of(SOMETHING))).await(Duration.ZERO));
  }

  private static Settling settling(Queue<Left> told) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Settling(told::remove, Duration.ZERO, nowhere);
  }
}

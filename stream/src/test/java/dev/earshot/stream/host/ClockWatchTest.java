package dev.earshot.stream.host;

import static dev.earshot.stream.host.ClockWatch.AHEAD_MAX;
import static dev.earshot.stream.host.ClockWatch.BACK_MAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {

  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final List<String> ends = new ArrayList<>();
  private Instant wall = Instant.parse("2026-11-20T12:00:00Z");
  private long nanos;
  private final ClockWatch watch =
      new ClockWatch(() -> wall.toEpochMilli(), () -> nanos, PAUSE, ends::add);

  @Test
  void aClockThatGoesAsTimeDoesIsTrusted() {
    pass(Duration.ofDays(400));

    assertTrue(watch.trusted());
    assertEquals(List.of(), ends);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT24H", "P29000D"})
  void aClockThatJumpedAheadIsNotTrustedForAWhile(Duration by) {
    wall = wall.plus(by);

    assertEquals(
        Optional.of(
            "The clock of this machine jumped ahead by %d s: timers pause for 300 s. Set it right by then if it is wrong."
                .formatted(by.toSeconds())),
        watch.trouble());
    pass(PAUSE.minusSeconds(1));
    assertFalse(watch.trusted());

    pass(Duration.ofSeconds(1));

    assertTrue(watch.trusted());
    assertEquals(List.of(), ends);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT24H", "P20000D"})
  void aClockThatWentBackEndsTheProcess(Duration by) {
    wall = wall.minus(by);

    assertFalse(watch.trusted());

    assertEquals(
        List.of(
            "the clock of this machine went back by %d s, and Kafka's clients would wait until it is where it was"
                .formatted(by.toSeconds())),
        ends);
    pass(PAUSE);
    assertFalse(watch.trusted());
  }

  @Test
  void soDoesOneThatComesBackFromAhead() {
    wall = wall.plus(Duration.ofHours(24));
    watch.trusted();
    pass(Duration.ofSeconds(10));

    wall = wall.minus(Duration.ofHours(24));
    watch.trusted();

    assertEquals(1, ends.size());
  }

  @Test
  void everyFurtherJumpBeginsThePauseAnew() {
    wall = wall.plus(Duration.ofHours(1));
    watch.trusted();
    pass(PAUSE.minusSeconds(1));
    wall = wall.plus(Duration.ofHours(1));
    watch.trusted();

    pass(PAUSE.minusSeconds(1));

    assertTrue(watch.trouble().orElseThrow().contains("ahead by 7200 s"));
  }

  @Test
  void smallStepsAreNobodysBusinessHoweverManyTheyAre() {
    for (int step = 0; step < 100; step++) {
      wall = wall.plus(AHEAD_MAX);
      assertTrue(watch.trusted());
      wall = wall.minus(BACK_MAX);
      assertTrue(watch.trusted());
    }

    assertEquals(List.of(), ends);
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
    watch.trusted();
  }
}

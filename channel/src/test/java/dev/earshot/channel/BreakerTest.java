package dev.earshot.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.channel.Breaker.Answer;
import dev.earshot.channel.Breaker.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private final Breaker breaker = new Breaker();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aDestinationThatMostlyFailsRests() {
    answer(5, Answer.GOOD);
    answer(4, Answer.BAD);
    assertEquals(State.CLOSED, breaker.state());

    answer(1, Answer.BAD);

    assertEquals(State.OPEN, breaker.state());
    assertEquals(Optional.of(Breaker.REST_FIRST), breaker.admit(now));
  }

  @Test
  void aFewFailuresAmongFirstAttemptsAreNotEnough() {
    answer(9, Answer.BAD);

    assertEquals(State.CLOSED, breaker.state());
  }

  @Test
  void onlyTheLastTwentyCount() {
    answer(20, Answer.GOOD);
    answer(9, Answer.BAD);
    assertEquals(State.CLOSED, breaker.state());

    answer(1, Answer.BAD);

    assertEquals(State.OPEN, breaker.state());
  }

  @Test
  void fiveTimeoutsInARowAreEnough() {
    answer(4, Answer.NONE_IN_TIME);
    answer(1, Answer.GOOD);
    answer(4, Answer.NONE_IN_TIME);
    assertEquals(State.CLOSED, breaker.state());

    answer(1, Answer.NONE_IN_TIME);

    assertEquals(State.OPEN, breaker.state());
  }

  @Test
  void afterTheRestThreeProbesPassAndCloseItWhenAllAreGood() {
    open();
    pass(Breaker.REST_FIRST);

    for (int probe = 0; probe < Breaker.PROBES; probe++) {
      assertEquals(Optional.empty(), breaker.admit(now));
    }
    assertEquals(Optional.of(Duration.ofSeconds(1)), breaker.admit(now));

    answer(2, Answer.GOOD);
    assertEquals(State.HALF_OPEN, breaker.state());
    answer(1, Answer.GOOD);
    assertEquals(State.CLOSED, breaker.state());
  }

  @Test
  void theRestDoublesUpToTenMinutesWhileProbesFail() {
    open();
    pass(Breaker.REST_FIRST);

    assertEquals(Optional.of(Duration.ofMinutes(1)), restAfterFailedProbe());
    assertEquals(Optional.of(Duration.ofMinutes(2)), restAfterFailedProbe());
    assertEquals(Optional.of(Duration.ofMinutes(4)), restAfterFailedProbe());
    assertEquals(Optional.of(Duration.ofMinutes(8)), restAfterFailedProbe());
    assertEquals(Optional.of(Breaker.REST_MAX), restAfterFailedProbe());
    assertEquals(Optional.of(Breaker.REST_MAX), restAfterFailedProbe());
  }

  @Test
  void aProbeThatWasNotMadeLeavesItsPlaceToAnother() {
    open();
    pass(Breaker.REST_FIRST);
    for (int probe = 0; probe < Breaker.PROBES; probe++) {
      assertEquals(Optional.empty(), breaker.admit(now));
    }

    breaker.withdrawn();

    assertEquals(Optional.empty(), breaker.admit(now));
  }

  @Test
  void whatBeganBeforeItOpenedChangesNothing() {
    open();

    answer(10, Answer.GOOD);

    assertEquals(State.OPEN, breaker.state());
  }

  private Optional<Duration> restAfterFailedProbe() {
    assertEquals(Optional.empty(), breaker.admit(now));
    answer(1, Answer.BAD);
    var rest = breaker.admit(now);
    pass(rest.orElseThrow());
    return rest;
  }

  private void open() {
    answer(10, Answer.BAD);
    assertEquals(State.OPEN, breaker.state());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void answer(int times, Answer answer) {
    for (int i = 0; i < times; i++) {
      breaker.answered(answer, now);
    }
  }
}

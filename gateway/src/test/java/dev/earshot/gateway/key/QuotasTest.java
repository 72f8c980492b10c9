package dev.earshot.gateway.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuotasTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Quotas quotas =
      new Quotas(
          new Quota(10, 100),
          new Pace(3, Duration.ofMillis(10), Duration.ofMillis(50), 1),
          nanos::get);

  @Test
  void aBurstPassesAndThenTheRate() {
    assertEquals(Duration.ZERO, quotas.take("a", 100));
    assertEquals(1, quotas.take("a", 10).toSeconds());

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertEquals(Duration.ZERO, quotas.take("a", 10));
    assertEquals(0, quotas.take("a", 1).toSeconds());
  }

  @Test
  void oneNameDoesNotUseUpAnothers() {
    assertEquals(Duration.ZERO, quotas.take("a", 100));
    assertEquals(Duration.ZERO, quotas.take("b", 100));
  }

  @Test
  void moreThanABurstPassesWhenTheBucketIsFullAndIsOwed() {
    assertEquals(Duration.ZERO, quotas.take("a", 150));
    assertEquals(Duration.ofSeconds(15).plusNanos(1), quotas.take("a", 100));
  }

  @Test
  void whoAsksTakesNothing() {
    assertEquals(Duration.ZERO, quotas.ask("a", 100));
    assertEquals(Duration.ZERO, quotas.take("a", 100));
    assertEquals(1, quotas.ask("a", 10).toSeconds());
  }

  @Test
  void refusalsAreToldAtOnceAndThenEachLaterThanTheLast() {
    quotas.take("a", 1);

    assertEquals(List.of(0L, 0L, 0L, 10L, 20L), lateness("a", 5));
  }

  @Test
  void noneIsToldLaterThanTheMost() {
    quotas.take("a", 1);
    lateness("a", 8);

    assertEquals(List.of(50L, 50L), lateness("a", 2));

    nanos.addAndGet(Duration.ofMillis(30).toNanos());

    assertEquals(List.of(30L, 40L), lateness("a", 2));
  }

  @Test
  void whoIsRefusedNowAndThenIsToldAtOnce() {
    quotas.take("a", 1);
    for (int times = 0; times < 10; times++) {
      assertEquals(List.of(0L), lateness("a", 1));
      nanos.addAndGet(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void oneNameDoesNotSlowAnother() {
    quotas.take("a", 1);
    quotas.take("b", 1);
    lateness("a", 8);

    assertEquals(List.of(0L), lateness("b", 1));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    assertEquals(Duration.ZERO, quotas.take("a", 100));

    quotas.giveBack("a", 60);

    assertEquals(Duration.ZERO, quotas.take("a", 60));
    assertEquals(0, quotas.ask("a", 1).toSeconds());
  }

  /** In milliseconds, of so many refusals at one instant. */
  private List<Long> lateness(String name, int refusals) {
    return Stream.generate(() -> quotas.lateness(name).toMillis()).limit(refusals).toList();
  }
}

package dev.earshot.gateway.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Quotas quotas = new Quotas(new Quota(10, 100), nanos::get);

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
  void whatIsGivenBackCanBeTakenAgain() {
    assertEquals(Duration.ZERO, quotas.take("a", 100));

    quotas.giveBack("a", 60);

    assertEquals(Duration.ZERO, quotas.take("a", 60));
    assertEquals(0, quotas.ask("a", 1).toSeconds());
  }
}

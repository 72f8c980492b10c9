package dev.earshot.engine.delivery;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs single deliveries through worlds in which attempts wait, reports are delayed, repeated and
 * lost, the host restarts, clocks jump and operators give orders. The seed is the whole
 * reproduction: the same seed is the same run.
 */
@Tag("slow")
class DeliverySimulationTest {

  private static final long SEEDS = Long.getLong("earshot.seeds", 10_000);

  @Test
  void everyDeliveryEndsAndKeepsItsRules() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new DeliveryWorld(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(e.getMessage() + ", seed " + seed, e);
      }
    }
  }
}

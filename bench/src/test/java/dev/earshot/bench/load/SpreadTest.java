package dev.earshot.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void aPercentileIsADurationThatWasMeasured() {
    var spread =
        Spread.of(LongStream.rangeClosed(1, 200).map(ms -> (201 - ms) * 1_000_000).toArray());

    assertEquals(100, spread.millis(0.5));
    assertEquals(198, spread.millis(0.99));
    assertEquals(200, spread.millis(1));
    assertTrue(Double.isNaN(Spread.of(new long[0]).millis(0.5)));
  }
}

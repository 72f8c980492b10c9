package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpTest {

  @Test
  void aShareIsSpreadOverItsSecond() {
    var catchUp = begun(new CatchUp.Rate(1000, 4), 0);

    assertEquals(25, fire(catchUp, 1_000));
    assertEquals(0, fire(catchUp, 1_099));
    assertEquals(50, fire(catchUp, 1_250));
    assertEquals(175, fire(catchUp, 1_999));
    assertEquals(25, fire(catchUp, 2_000));
  }

  @Test
  void whoBeginsLeavesTheSecondToWhoeverWasThereBefore() {
    var catchUp = new CatchUp(new CatchUp.Rate(1000, 1), 0);

    assertEquals(0, catchUp.allowed(5_000));
    assertEquals(0, catchUp.allowed(5_999));
    assertEquals(100, catchUp.allowed(6_000));
  }

  @Test
  void aSecondThatComesAgainWhenTheClockIsSetBackIsASecond() {
    var catchUp = begun(new CatchUp.Rate(10, 1), 0);
    fire(catchUp, 7_200_999);

    assertEquals(10, catchUp.allowed(3_600_999));
  }

  @ParameterizedTest
  @CsvSource({"1,4", "3,4", "10,4", "1000,48", "1000000,256"})
  void allPartitionsTogetherFireTheWholeRateInEverySecondAndNoMore(int perSecond, int partitions) {
    var rate = new CatchUp.Rate(perSecond, partitions);
    for (long second : new long[] {0, 1, 1_795_265_188L, 4_291_747_200L}) {
      long sum = 0;
      for (int partition = 0; partition < partitions; partition++) {
        sum += rate.share(partition, second);
      }
      assertEquals(perSecond, sum);
    }
  }

  @Test
  void theSmallestRateReachesEveryPartition() {
    var rate = new CatchUp.Rate(1, 4);
    for (int partition = 0; partition < 4; partition++) {
      var catchUp = begun(rate, partition);
      long fired = 0;
      for (long second = 1; second <= 8; second++) {
        fired += fire(catchUp, second * 1000);
      }
      assertEquals(2, fired);
    }
  }

  private static CatchUp begun(CatchUp.Rate rate, int partition) {
    var catchUp = new CatchUp(rate, partition);
    catchUp.allowed(0);
    return catchUp;
  }

  private static long fire(CatchUp catchUp, long nowMillis) {
    long allowed = catchUp.allowed(nowMillis);
    for (long fired = 0; fired < allowed; fired++) {
      catchUp.fired();
    }
    return allowed;
  }
}

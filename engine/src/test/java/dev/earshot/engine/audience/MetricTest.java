package dev.earshot.engine.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricTest {

  @Test
  void theLatestTimesAreKeptHoweverTheyCome() {
    var random = new Random(3);
    for (int round = 0; round < 500; round++) {
      int keep = 1 + random.nextInt(12);
      var times = new ArrayList<Long>();
      var metric = Metric.NONE;
      for (int count = 1; count <= 20; count++) {
        long at = random.nextInt(50);
        times.add(at);
        metric = metric.happenedAt(at, keep);
        assertEquals(expected(times, keep), metric);
      }
    }
  }

  @Test
  void twoMetricsTogetherKnowWhatBothKnew() {
    var one = Metric.of(7, 1, 30, 10, 30);
    var other = Metric.of(2, 5, 40, 5, 40);

    assertEquals(Metric.of(9, 1, 40, 10, 30, 40), one.and(other, 3));
    assertEquals(one, one.and(Metric.NONE, 3));
    assertEquals(one, Metric.NONE.and(one, 3));
  }

  @Test
  void timesAfterAMomentAreCounted() {
    var metric = Metric.of(4, 1, 30, 10, 20, 20, 30);

    assertEquals(3, metric.countAfter(19));
    assertEquals(1, metric.countAfter(20));
    assertEquals(0, metric.countAfter(30));
  }

  @Test
  void metricsBehaveAsASortedMap() {
    var random = new Random(4);
    var expected = new TreeMap<String, Metric>();
    var metrics = Metrics.EMPTY;
    for (int step = 0; step < 500; step++) {
      var name = "e" + random.nextInt(40);
      var metric = metrics.get(name).happenedAt(step, 10);
      expected.put(name, metric);
      metrics = metrics.with(name, metric);
      assertEquals(
          Metrics.ofSorted(
              expected.keySet().toArray(String[]::new), expected.values().toArray(Metric[]::new)),
          metrics);
      assertEquals(
          Metrics.ofSorted(
                  expected.keySet().toArray(String[]::new),
                  expected.values().toArray(Metric[]::new))
              .bytesMax(),
          metrics.bytesMax());
    }
  }

  @Test
  void theOneThatHappenedLongestAgoIsGivenUp() {
    var metrics =
        Metrics.EMPTY
            .with("old", Metric.of(1, 1, 1, 1))
            .with("older", Metric.of(1, 0, 0, 0))
            .with("new", Metric.of(1, 9, 9, 9));

    assertEquals(Metric.NONE, metrics.withoutOldest("").get("older"));
    assertEquals(Metric.NONE, metrics.withoutOldest("older").get("old"));
    assertEquals(Metrics.EMPTY, Metrics.EMPTY.withoutOldest(""));
  }

  @Test
  void namesOutOfOrderAreRefused() {
    var metric = Metric.of(1, 1, 1, 1);

    assertThrows(
        IllegalArgumentException.class,
        () -> Metrics.ofSorted(new String[] {"b", "a"}, new Metric[] {metric, metric}));
  }

  private static Metric expected(List<Long> times, int keep) {
    var sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    var kept = sorted.subList(Math.max(0, sorted.size() - keep), sorted.size());
    return Metric.of(
        sorted.size(),
        sorted.getFirst(),
        sorted.getLast(),
        kept.stream().mapToLong(Long::longValue).toArray());
  }
}

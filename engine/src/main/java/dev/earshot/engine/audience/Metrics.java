package dev.earshot.engine.audience;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one user by name, immutable. Held as two sorted arrays: an event that is known
 * already copies one array of references and nothing else.
 */
public final class Metrics {

  public static final Metrics EMPTY = new Metrics(new String[0], new Metric[0], 0);

  private static final int NAME_BYTES_MAX = 3;
  private static final int METRIC_BYTES_MAX = 24;
  private static final int TIME_BYTES_MAX = 7;

  private final String[] names;
  private final Metric[] metrics;
  private final int bytesMax;

  private Metrics(String[] names, Metric[] metrics, int bytesMax) {
    this.names = names;
    this.metrics = metrics;
    this.bytesMax = bytesMax;
  }

  /**
   * @param names in their natural order, each once; neither array is to be changed afterwards
   * @throws IllegalArgumentException for any other order
   */
  public static Metrics ofSorted(String[] names, Metric[] metrics) {
    int bytesMax = 0;
    for (int index = 0; index < names.length; index++) {
      if (index > 0 && names[index - 1].compareTo(names[index]) >= 0) {
        throw new IllegalArgumentException("metrics are out of order at " + names[index]);
      }
      bytesMax += bytesMax(names[index], metrics[index]);
    }
    return new Metrics(names, metrics, bytesMax);
  }

  /** What they take in a state, at most. */
  public int bytesMax() {
    return bytesMax;
  }

  private static int bytesMax(String name, Metric metric) {
    return NAME_BYTES_MAX
        + 3 * name.length()
        + METRIC_BYTES_MAX
        + TIME_BYTES_MAX * metric.recentCount();
  }

  public int size() {
    return names.length;
  }

  public String name(int index) {
    return names[index];
  }

  public Metric metric(int index) {
    return metrics[index];
  }

  /** The metric of that name, {@link Metric#NONE} when there is none. */
  public Metric get(String name) {
    int index = Arrays.binarySearch(names, name);
    return index < 0 ? Metric.NONE : metrics[index];
  }

  public Metrics with(String name, Metric metric) {
    int index = Arrays.binarySearch(names, name);
    return index < 0 ? inserted(-index - 1, name, metric) : replaced(index, metric);
  }

  /** These metrics after the event happened once more, of which {@code keep} times are kept. */
  public Metrics happenedAt(String name, long atMillis, int keep) {
    int index = Arrays.binarySearch(names, name);
    return index < 0
        ? inserted(-index - 1, name, Metric.NONE.happenedAt(atMillis, keep))
        : replaced(index, metrics[index].happenedAt(atMillis, keep));
  }

  /** What both know together, of each at most {@code keep} times. */
  public Metrics and(Metrics others, int keep) {
    var together = this;
    for (int index = 0; index < others.names.length; index++) {
      var name = others.names[index];
      together = together.with(name, get(name).and(others.metrics[index], keep));
    }
    return together;
  }

  /** These metrics without the one that happened longest ago, sparing {@code spared}. */
  public Metrics withoutOldest(String spared) {
    int oldest = -1;
    for (int index = 0; index < names.length; index++) {
      boolean older = oldest < 0 || metrics[index].lastMillis() < metrics[oldest].lastMillis();
      if (older && !names[index].equals(spared)) {
        oldest = index;
      }
    }
    return oldest < 0 ? this : removed(oldest);
  }

  private Metrics replaced(int index, Metric metric) {
    var changed = metrics.clone();
    changed[index] = metric;
    int more = TIME_BYTES_MAX * (metric.recentCount() - metrics[index].recentCount());
    return new Metrics(names, changed, bytesMax + more);
  }

  private Metrics inserted(int index, String name, Metric metric) {
    var moreNames = Arrays.copyOf(names, names.length + 1);
    var moreMetrics = Arrays.copyOf(metrics, metrics.length + 1);
    System.arraycopy(names, index, moreNames, index + 1, names.length - index);
    System.arraycopy(metrics, index, moreMetrics, index + 1, metrics.length - index);
    moreNames[index] = name;
    moreMetrics[index] = metric;
    return new Metrics(moreNames, moreMetrics, bytesMax + bytesMax(name, metric));
  }

  private Metrics removed(int index) {
    var fewerNames = Arrays.copyOf(names, names.length - 1);
    var fewerMetrics = Arrays.copyOf(metrics, metrics.length - 1);
    System.arraycopy(names, index + 1, fewerNames, index, fewerNames.length - index);
    System.arraycopy(metrics, index + 1, fewerMetrics, index, fewerMetrics.length - index);
    return new Metrics(fewerNames, fewerMetrics, bytesMax - bytesMax(names[index], metrics[index]));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metrics that
        && Arrays.equals(names, that.names)
        && Arrays.equals(metrics, that.metrics);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names) * 31 + Arrays.hashCode(metrics);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (int index = 0; index < names.length; index++) {
      text.append(index == 0 ? "" : "; ").append(names[index]).append(": ").append(metrics[index]);
    }
    return text.append('}').toString();
  }
}

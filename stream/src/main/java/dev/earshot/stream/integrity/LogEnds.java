package dev.earshot.stream.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions of the log end: the offset after the last record of each.
 *
 * @param offsets by partition; one that is not in it was never looked at
 */
record LogEnds(Map<TopicPartition, Long> offsets) {

  private static final String CHECK = "crc32c ";

  LogEnds {
    offsets = Map.copyOf(offsets);
  }

  static LogEnds none() {
    return new LogEnds(Map.of());
  }

  /**
   * A partition that ends before where it ended once.
   *
   * @param written where it ended
   * @param readable where it ends now
   */
  record Cut(TopicPartition partition, long written, long readable) {

    @Override
    public String toString() {
      return "%s was written up to offset %,d and ends at %,d (%,d records)"
          .formatted(partition, written, readable, written - readable);
    }
  }

  LogEnds of(Set<String> topics) {
    var those = new HashMap<>(offsets);
    those.keySet().removeIf(partition -> !topics.contains(partition.topic()));
    return new LogEnds(those);
  }

  /** The partitions that end earlier by {@code now} than here, in order of their names. */
  List<Cut> cutBy(LogEnds now) {
    var cuts = new ArrayList<Cut>();
    offsets.forEach((partition, written) -> {
      long readable = now.offsets.getOrDefault(partition, 0L);
      if (readable < written) {
        cuts.add(new Cut(partition, written, readable));
      }
    });
    cuts.sort((one, other) -> one.partition.toString().compareTo(other.partition.toString()));
    return cuts;
  }

  /** A line for each partition, and one by which a damaged text is known. */
  String text() {
    var lines = new StringBuilder();
    offsets.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
        .sorted()
        .forEach(lines::append);
    return lines + CHECK + checksum(lines.toString()) + "\n";
  }

  /** What {@link #text} said; nothing when that is not it any more. */
  static Optional<LogEnds> parse(String text) {
    int check = text.lastIndexOf(CHECK);
    if (check < 0
        || !text.substring(check + CHECK.length())
            .strip()
            .equals(checksum(text.substring(0, check)))) {
      return Optional.empty();
    }
    var offsets = new HashMap<TopicPartition, Long>();
    text.substring(0, check)
        .lines()
        .forEach(line -> {
          int space = line.indexOf(' ');
          offsets.put(partition(line.substring(0, space)), Long.valueOf(line.substring(space + 1)));
        });
    return Optional.of(new LogEnds(offsets));
  }

  /** Of a name as Kafka gives it to the folder of a partition: {@code topic-0}. */
  static TopicPartition partition(String name) {
    int dash = name.lastIndexOf('-');
    return new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
  }

  private static String checksum(String lines) {
    var crc = new CRC32C();
    crc.update(lines.getBytes(UTF_8));
    return Long.toHexString(crc.getValue());
  }
}

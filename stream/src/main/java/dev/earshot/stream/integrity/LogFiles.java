package dev.earshot.stream.integrity;

import dev.earshot.stream.cluster.StreamException;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of the embedded broker's log.
 *
 * <p>A broker that was killed has its last files looked through by the next one, which cuts a
 * partition at the first batch it cannot read, with all that stands behind it, and does not tell.
 *
 * <p>Damage is what is gone or is not what was written. Of a file that cannot be opened or read
 * nobody knows that: it ends the look with {@link StreamException#unreadable}.
 */
final class LogFiles {

  /** Up to where Kafka has seen each partition on the disk itself: it looks no further back. */
  private static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";

  /** In which the broker keeps what partitions there are; it is no log of ours to mend. */
  private static final TopicPartition METADATA = new TopicPartition("__cluster_metadata", 0);

  private static final Pattern PARTITION = Pattern.compile("[\\w.-]+-\\d+");
  private static final Pattern SEGMENT = Pattern.compile("\\d{20}\\.log");
  private static final List<String> INDEXES = List.of(".index", ".timeindex", ".txnindex");

  private final Path directory;
  private final Runnable afterFile;

  LogFiles(Path directory) {
    this(directory, () -> {});
  }

  /**
   * @param afterFile is called after each file that was looked through
   */
  LogFiles(Path directory, Runnable afterFile) {
    this.directory = directory;
    this.afterFile = afterFile;
  }

  /**
   * A place in a file from where on it cannot be read.
   *
   * @param position in bytes
   * @param offset of the first record that cannot be read
   */
  record Damage(TopicPartition partition, Path file, long position, long offset) {

    @Override
    public String toString() {
      return "%s from offset %,d (%s, byte %,d)".formatted(partition, offset, file, position);
    }
  }

  /**
   * What the next broker would cut although it was written.
   *
   * @param wholly the topics that are looked through from their beginnings, since their readers
   *     will read them from there: what leaps ahead in them would be passed over without a word
   */
  List<Damage> damages(LogEnds written, Set<String> wholly) {
    var recoveryPoints = recoveryPoints();
    var damages = new ArrayList<Damage>();
    written
        .offsets()
        .forEach((partition, end) -> {
          long known = recoveryPoints.getOrDefault(partition, 0L);
          var place = readable(partition, wholly.contains(partition.topic()) ? 0 : known, end);
          if (place.offset() < end) {
            damages.add(place);
          }
        });
    return damages;
  }

  /**
   * Where the broker's own log cannot be read: it would begin an empty one, and set all partitions
   * aside that it does not know then. What a killed one was just writing at the end may be torn.
   */
  Optional<Damage> metadataDamage(boolean killed) {
    var folder = directory.resolve(METADATA.toString());
    var segments = segments(folder);
    if (segments.isEmpty()) {
      return list(directory, LogFiles::isPartition).isEmpty()
          ? Optional.empty()
          : Optional.of(new Damage(METADATA, folder, 0, 0));
    }
    for (var segment : segments) {
      var walk = new Walk(METADATA, segment, Long.MAX_VALUE, Long.MAX_VALUE);
      walk.toFirstDamage();
      boolean torn = killed && segment.equals(segments.getLast()) && walk.endsTorn();
      if (walk.damaged() && !torn) {
        return Optional.of(walk.place());
      }
    }
    return Optional.empty();
  }

  /**
   * Takes out of all files what cannot be read, and leaves what can: the broker would throw away
   * all that stands behind it. No broker may have them open.
   */
  List<Damage> mend(LogEnds written) {
    var mended = new ArrayList<Damage>();
    for (var folder : list(directory, LogFiles::isPartition)) {
      var partition = LogEnds.partition(folder.getFileName().toString());
      long end = written.offsets().getOrDefault(partition, Long.MAX_VALUE);
      walks(partition, folder, end).forEach(walk -> mended.addAll(mend(walk)));
    }
    return mended;
  }

  /** Where a partition ends, for a reader that knows it to be good up to {@code from}. */
  private Damage readable(TopicPartition partition, long from, long end) {
    var folder = directory.resolve(partition.toString());
    var place = new Damage(partition, folder, 0, 0);
    for (var walk : walks(partition, folder, end)) {
      if (walk.to > from) {
        walk.toFirstDamage();
        afterFile.run();
        place = walk.place();
        if (walk.damaged()) {
          return place;
        }
      }
    }
    return place;
  }

  /** One for each file of a partition that was known to end there. */
  private static List<Walk> walks(TopicPartition partition, Path folder, long end) {
    var segments = segments(folder);
    var walks = new ArrayList<Walk>();
    for (int i = 0; i < segments.size(); i++) {
      long to = i + 1 < segments.size() ? base(segments.get(i + 1)) : Long.MAX_VALUE;
      walks.add(new Walk(partition, segments.get(i), to, end));
    }
    return walks;
  }

  private static List<Damage> mend(Walk walk) {
    var damages = new ArrayList<Damage>();
    var segment = walk.segment;
    var draft = segment.resolveSibling(segment.getFileName() + ".mended");
    try (var good =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      walk.copy(good, damages);
      good.force(true);
      if (damages.isEmpty()) {
        Files.delete(draft);
      } else {
        // The broker makes the indexes anew where there are none.
        var name = segment.getFileName().toString().replace(".log", "");
        for (var index : INDEXES) {
          Files.deleteIfExists(segment.resolveSibling(name + index));
        }
        Files.move(draft, segment, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return damages;
  }

  private Map<TopicPartition, Long> recoveryPoints() {
    File file = directory.resolve(RECOVERY_POINTS).toFile();
    try {
      return file.exists() ? new OffsetCheckpointFile(file, null).read() : Map.of();
    } catch (IOException | RuntimeException e) {
      // Then everything is looked through, as the broker will.
      return Map.of();
    }
  }

  private static boolean isPartition(Path folder) {
    var name = folder.getFileName().toString();
    return PARTITION.matcher(name).matches()
        && !name.equals(METADATA.toString())
        && Files.isDirectory(folder);
  }

  /** None where the folder is not there. */
  private static List<Path> segments(Path folder) {
    return Files.notExists(folder)
        ? List.of()
        : list(folder, file -> SEGMENT.matcher(file.getFileName().toString()).matches());
  }

  private static long base(Path segment) {
    return Long.parseLong(segment.getFileName().toString().replace(".log", ""));
  }

  /** In order of their names. */
  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (var files = Files.list(folder)) {
      return files.filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw StreamException.unreadable(folder, e);
    }
  }

  /** One way through a file, batch by batch. */
  private static final class Walk {

    private final TopicPartition partition;
    private final Path segment;
    private final long to;
    private final long end;
    private long position;
    private long offset;
    private boolean damaged;

    /**
     * @param to the offset with which the next file begins
     * @param end where the partition was known to end
     */
    Walk(TopicPartition partition, Path segment, long to, long end) {
      this.partition = partition;
      this.segment = segment;
      this.to = to;
      this.end = end;
      offset = base(segment);
    }

    Damage place() {
      return new Damage(partition, segment, position, offset);
    }

    boolean damaged() {
      return damaged;
    }

    void toFirstDamage() {
      try (var open = OpenSegment.of(segment)) {
        var records = open.records();
        var batches = records.batchIterator();
        var batch = next(batches);
        while (batch != null) {
          var following = next(batches);
          if (!isGood(batch, following)) {
            break;
          }
          pass(batch);
          batch = following;
        }
        damaged = position < records.sizeInBytes();
      }
    }

    /** Whether something could be read, and nothing behind the first damage can. */
    boolean endsTorn() {
      try (var open = OpenSegment.of(segment)) {
        var records = open.records();
        var batches = records.batchIterator();
        for (var batch = next(batches); batch != null; batch = next(batches)) {
          if (batch.position() > position && isReadable(batch)) {
            return false;
          }
        }
        return position > 0;
      }
    }

    /** What can be read; and each place where something could not. */
    void copy(FileChannel good, List<Damage> damages) throws IOException {
      try (var open = OpenSegment.of(segment)) {
        var records = open.records();
        var batches = records.batchIterator();
        var batch = next(batches);
        while (batch != null) {
          var following = next(batches);
          if (isGood(batch, following)) {
            copy(records, batch, good);
            pass(batch);
          } else {
            damages.add(place());
            position += batch.sizeInBytes();
          }
          batch = following;
        }
        if (position < records.sizeInBytes()) {
          damages.add(place());
        }
      }
    }

    private static void copy(FileRecords records, FileChannelRecordBatch batch, FileChannel good)
        throws IOException {
      long from = batch.position();
      long end = from + batch.sizeInBytes();
      while (from < end) {
        from += records.channel().transferTo(from, end - from, good);
      }
    }

    private void pass(FileChannelRecordBatch batch) {
      position += batch.sizeInBytes();
      offset = batch.nextOffset();
    }

    /** Null at the end, and where no batch can be made out any more. */
    private @Nullable FileChannelRecordBatch next(Iterator<FileChannelRecordBatch> batches) {
      try {
        return batches.hasNext() ? batches.next() : null;
      } catch (KafkaException e) {
        throwUnreadable(e);
        return null;
      }
    }

    private boolean isGood(
        FileChannelRecordBatch batch, @Nullable FileChannelRecordBatch following) {
      return isReadable(batch) && !leaps(batch, following);
    }

    /**
     * The checksum of a batch does not cover its offset. Where one that is too great stands, a
     * reader would go on behind it, and pass over all in between.
     */
    private boolean leaps(
        FileChannelRecordBatch batch, @Nullable FileChannelRecordBatch following) {
      if (batch.baseOffset() == offset) {
        return false;
      }
      return following == null
          ? batch.baseOffset() >= end
          : following.baseOffset() >= offset && following.baseOffset() <= batch.lastOffset();
    }

    private boolean isReadable(FileChannelRecordBatch batch) {
      try {
        batch.ensureValid();
        return batch.baseOffset() >= offset && batch.lastOffset() < to;
      } catch (RuntimeException e) {
        throwUnreadable(e);
        return false;
      }
    }

    /** Where the disk gives no bytes, nobody knows whether they are what was written. */
    private void throwUnreadable(RuntimeException failure) {
      if (failure.getCause() instanceof IOException cause && !(cause instanceof EOFException)) {
        throw StreamException.unreadable(segment, cause);
      }
    }
  }
}

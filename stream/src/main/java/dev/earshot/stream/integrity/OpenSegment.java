package dev.earshot.stream.integrity;

import dev.earshot.stream.cluster.StreamException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.record.internal.FileRecords;

/**
 * The records of a file that a broker may be writing to. Kafka's own way to close them would cut
 * the file to what it held when it was opened.
 */
record OpenSegment(FileRecords records) implements AutoCloseable {

  static OpenSegment of(Path segment) {
    try {
      return new OpenSegment(FileRecords.open(segment.toFile(), false));
    } catch (IOException e) {
      throw StreamException.unreadable(segment, e);
    }
  }

  @Override
  public void close() {
    try {
      records.closeHandlers();
    } catch (IOException e) {
      throw StreamException.unreadable(records.file().toPath(), e);
    }
  }
}

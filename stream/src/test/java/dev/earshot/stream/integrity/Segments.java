package dev.earshot.stream.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Files of a partition as a broker writes them: three batches, each of one record. */
final class Segments {

  /** So many bytes of a batch are its record, in the end. */
  static final int RECORD = 64;

  private Segments() {}

  static Path segment(Path folder, long base) throws IOException {
    var file = folder.resolve("%020d.log".formatted(base));
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long offset = base; offset < base + 3; offset++) {
        batch(offset).writeFullyTo(channel);
      }
    }
    return file;
  }

  private static MemoryRecords batch(long offset) {
    return MemoryRecords.withRecords(
        offset,
        Compression.NONE,
        new SimpleRecord(1L, new byte[0], "x".repeat(RECORD).getBytes(UTF_8)));
  }

  static int size() {
    return batch(0).sizeInBytes();
  }

  static void flip(Path file, long position) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var one = ByteBuffer.allocate(1);
      channel.read(one, position);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 0x5)}), position);
    }
  }

  /** Puts in its place what not even the administrator can open: a link to itself. */
  static void makeUnopenable(Path file) throws IOException {
    Files.delete(file);
    Files.createSymbolicLink(file, file);
  }

  /** Puts in its place what can be opened and then gives no bytes: a folder, and a large one. */
  static void makeUnreadable(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectories(file.resolve("x".repeat(RECORD)));
  }

  /** Sets a bit of the offset of the batch there, which no checksum covers. */
  static void leap(Path file, long position) throws IOException {
    flip(file, position + 5);
  }
}

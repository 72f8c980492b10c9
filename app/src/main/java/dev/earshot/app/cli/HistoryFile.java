package dev.earshot.app.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a file or stream of messages, inflated where they are gzip. */
final class HistoryFile implements AutoCloseable {

  /** No line of this length is a message: the server takes 32 KB. */
  static final int LINE_BYTES_MAX = 256 * 1024;

  private static final int BUFFER_BYTES = 128 * 1024;

  private final String name;
  private final long size;
  private final Counted raw;
  private final InputStream lines;
  private long offset;
  private long number;

  private HistoryFile(String name, long size, InputStream stream) throws IOException {
    this.name = name;
    this.size = size;
    raw = new Counted(stream);
    lines = inflated(new BufferedInputStream(raw, BUFFER_BYTES));
  }

  static HistoryFile open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new CommandFailure(file + " is a folder; name the files in it one by one.");
      }
      return new HistoryFile(file.toString(), Files.size(file), Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new CommandFailure("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new CommandFailure("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static HistoryFile of(InputStream stream) {
    try {
      return new HistoryFile("standard input", -1, stream);
    } catch (IOException e) {
      throw new CommandFailure("Cannot read standard input: " + e.getMessage(), e);
    }
  }

  /** Goes on behind what was read at an earlier time. */
  void skipTo(long bytes, long linesBefore) {
    try {
      lines.skipNBytes(bytes);
      offset = bytes;
      number = linesBefore;
    } catch (EOFException e) {
      throw new CommandFailure(
          name + " is shorter than what was imported of it already; use --restart.", e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The next line; empty at the end of the file. A line that is too long comes cut. */
  Optional<HistoryLine> next() {
    try {
      int first = lines.read();
      if (first < 0) {
        return Optional.empty();
      }
      var line = new ByteArrayOutputStream(512);
      int read = first;
      while (read >= 0 && read != '\n') {
        if (line.size() <= LINE_BYTES_MAX) {
          line.write(read);
        }
        offset++;
        read = lines.read();
      }
      offset += read < 0 ? 0 : 1;
      return Optional.of(new HistoryLine(++number, line.toByteArray()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** How many bytes, inflated, stand before the next line. */
  long offset() {
    return offset;
  }

  /** The number of the line that was read last. */
  long number() {
    return number;
  }

  /** The part that was read, from 0 to 1; negative for a stream of unknown length. */
  double done() {
    return size <= 0 ? -1 : (double) raw.count / size;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private CommandFailure unreadable(IOException e) {
    boolean damaged = e instanceof ZipException || e instanceof EOFException;
    return new CommandFailure(
        damaged
            ? name + " is damaged: its gzip data end or break after line " + number + "."
            : "Cannot read " + name + ": " + e.getMessage(),
        e);
  }

  private static InputStream inflated(BufferedInputStream stream) throws IOException {
    stream.mark(2);
    boolean gzip = stream.read() == 0x1f && stream.read() == 0x8b;
    stream.reset();
    return gzip
        ? new BufferedInputStream(new GZIPInputStream(stream, BUFFER_BYTES), BUFFER_BYTES)
        : stream;
  }

  /** Counts what was read. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      count += Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count += skipped;
      return skipped;
    }
  }
}

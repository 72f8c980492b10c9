package dev.earshot.app.cli;

import dev.earshot.event.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file with the lines that were not accepted, each with its number and the reason. */
final class ImportErrors implements AutoCloseable {

  private static final int TEXT_LENGTH_MAX = 64 * 1024;

  private final Path file;
  private @Nullable BufferedWriter writer;

  ImportErrors(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  void add(HistoryLine line, String reason) {
    var json =
        new JsonWriter(512)
            .open()
            .member("line", line.number())
            .member("reason", reason)
            .member("text", Shown.shortened(line.text().stripTrailing(), TEXT_LENGTH_MAX))
            .close()
            .bytes();
    try {
      var open = opened();
      open.write(new String(json, StandardCharsets.UTF_8));
      open.newLine();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Writes out what was added, before the progress says that it need not be sent again. */
  void flush() {
    try {
      if (writer != null) {
        writer.flush();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private BufferedWriter opened() throws IOException {
    var open = writer;
    if (open == null) {
      open = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      writer = open;
    }
    return open;
  }

  private CommandFailure unwritable(IOException e) {
    return new CommandFailure("Cannot write " + file + ": " + e.getMessage(), e);
  }
}

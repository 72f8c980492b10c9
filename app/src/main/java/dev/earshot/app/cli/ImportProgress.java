package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of a file the server has acknowledged.
 *
 * @param bytes of the file, inflated, that need not be sent again
 * @param lines that these are
 */
record ImportProgress(long bytes, long lines, long accepted, long refused) {

  static final ImportProgress NONE = new ImportProgress(0, 0, 0, 0);

  /** What was noted beside the file, or nothing done when nothing was. */
  static ImportProgress read(Path file) {
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      var noted = Json.parseFields(Files.readAllBytes(file));
      return new ImportProgress(
          number(noted, "bytes"),
          number(noted, "lines"),
          number(noted, "accepted"),
          number(noted, "refused"));
    } catch (IOException | Json.Malformed e) {
      throw new CommandFailure(
          "Cannot make sense of " + file + "; delete it, or use --restart. " + e.getMessage(), e);
    }
  }

  /** Notes it, whole or not at all. */
  void write(Path file) {
    var written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(written, Json.bytes(json()));
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure("Cannot note the progress in " + file + ": " + e.getMessage(), e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CommandFailure("Cannot delete " + file + ": " + e.getMessage(), e);
    }
  }

  Fields json() {
    Map<String, Value> json = new LinkedHashMap<>();
    json.put("bytes", Value.of(bytes));
    json.put("lines", Value.of(lines));
    json.put("accepted", Value.of(accepted));
    json.put("refused", Value.of(refused));
    return new Fields(json);
  }

  private static long number(Fields noted, String name) {
    if (noted.get(name) instanceof Whole(var number) && number >= 0) {
      return number;
    }
    throw new Json.Malformed("It has no number " + name + ".");
  }
}

package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The files of definitions that a person named, as they stand on disk. */
public record DefinitionFiles(List<DefinitionFile> files) {

  private static final int FILES_MAX = 2000;
  private static final Set<String> PASSED_OVER = Set.of("node_modules", "target");

  public DefinitionFiles {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param path as the person would write it, for messages
   */
  public record DefinitionFile(String path, String text) {}

  /** Files as named, and of folders every {@code .yaml} and {@code .yml} in them. */
  static DefinitionFiles read(List<Path> named) {
    List<DefinitionFile> files = new ArrayList<>();
    for (var path : named) {
      for (var file : Files.isDirectory(path) ? inside(path) : List.of(path)) {
        files.add(read(file));
      }
    }
    if (files.isEmpty()) {
      throw new CommandFailure("There is no .yaml file in " + named.getFirst() + ".");
    }
    return new DefinitionFiles(files);
  }

  /** What {@code POST /api/definitions/apply} takes. */
  public Fields request(boolean prune) {
    Map<String, Value> request = new LinkedHashMap<>();
    request.put("files", new Items(files.stream().map(DefinitionFiles::json).toList()));
    request.put("prune", Value.of(prune));
    return new Fields(request);
  }

  private static Value json(DefinitionFile file) {
    Map<String, Value> json = new LinkedHashMap<>();
    json.put("path", Value.of(file.path));
    json.put("text", Value.of(file.text));
    return new Fields(json);
  }

  private static List<Path> inside(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      var files =
          walk.filter(path -> isWanted(folder.relativize(path)) && Files.isRegularFile(path))
              .sorted()
              .limit(FILES_MAX + 1L)
              .toList();
      if (files.size() > FILES_MAX) {
        throw new CommandFailure(folder + " has more than " + FILES_MAX + " files of definitions.");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure("Cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean isWanted(Path path) {
    for (var part : path) {
      var name = part.toString();
      if (name.startsWith(".") || PASSED_OVER.contains(name)) {
        return false;
      }
    }
    var name = path.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static DefinitionFile read(Path file) {
    try {
      return new DefinitionFile(file.toString(), Files.readString(file));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new CommandFailure("There is no file " + file + ".", e);
    } catch (MalformedInputException e) {
      throw new CommandFailure(file + " is not text in UTF-8.", e);
    } catch (IOException e) {
      throw new CommandFailure("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}

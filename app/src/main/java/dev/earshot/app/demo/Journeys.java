package dev.earshot.app.demo;

import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.cli.DefinitionFiles;
import dev.earshot.app.cli.DefinitionFiles.DefinitionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The journeys and templates of {@code examples/growth}, with a silence that fits a demo. */
final class Journeys {

  /** In the order in which they are shown. */
  static final List<String> IDS = List.of("case-study", "tutorial", "re-engagement");

  private static final String FOLDER = "examples/growth/";
  private static final String SILENCE = "absent-for: 7d";

  private Journeys() {}

  /** The files as they are to be applied. */
  static DefinitionFiles files(Duration silence) {
    return new DefinitionFiles(
        IDS.stream()
            .flatMap(id -> List.of(id + ".yaml", "template-" + id + ".yaml").stream())
            .map(name -> new DefinitionFile(FOLDER + name, shortened(read(name), silence)))
            .toList());
  }

  /** Journeys wait for seconds where people wait for days. */
  private static String shortened(String text, Duration silence) {
    return text.replace(SILENCE, "absent-for: " + silence.toSeconds() + "s");
  }

  private static String read(String name) {
    try (var stream = Journeys.class.getResourceAsStream("/" + FOLDER + name)) {
      if (stream == null) {
        throw new CommandFailure("This build of Earshot has no " + FOLDER + name + ".");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

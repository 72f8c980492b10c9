package dev.earshot.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  private static final Path PAGE = Path.of("../docs/reference/configuration.md");

  @Test
  void thePageHasExactlyTheSettingsThereAre() throws IOException {
    var table =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| key and variable"))
            .takeWhile(line -> line.startsWith("|"))
            .collect(Collectors.joining("\n", "", "\n"));

    assertEquals(Reference.table(), table);
  }

  @Test
  void thePageNamesEveryOtherVariable() throws IOException {
    var page = Files.readString(PAGE);

    for (var variable : Environment.OTHERS) {
      assertTrue(page.contains("`" + variable + "`"), variable);
    }
  }

  @Test
  void noTwoKeysShareAVariable() {
    assertEquals(Keys.ALL.size(), Keys.ALL.stream().map(Key::variable).distinct().count());
  }
}
